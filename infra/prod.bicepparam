using 'main.bicep'

param environmentName = 'prod'
param storageSku = 'Standard_ZRS'
param logRetentionDays = 90
param alertEmail = readEnvironmentVariable('ALERT_EMAIL')
