using 'main.bicep'

param environmentName = 'dev'
param maximumInstanceCount = 4
param alertEmail = readEnvironmentVariable('ALERT_EMAIL')
