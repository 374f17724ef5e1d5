// Everything Usage needs in one resource group. Event Grid follows in events.bicep: its subscription is validated
// against the app, so the app's code must be there first.
targetScope = 'resourceGroup'

@description('Short name of the environment; part of every resource name.')
@minLength(2)
@maxLength(8)
param environmentName string

@description('Region of everything.')
param location string = resourceGroup().location

@description('IANA name of the time zone in which files arrive; automatic snapshot dates depend on it.')
param timeZone string = 'UTC'

@description('Most instances that the app scales out to.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Memory of an instance in MB; the import itself needs less than 300.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('Names of the secrets that pulls use: each becomes the app setting Secrets__NAME, read from the key vault.')
param pullSecretNames array = []

@description('Who hears of alerts.')
param alertEmail string

var suffix = uniqueString(resourceGroup().id, environmentName)
var names = {
  storage: take('usage${environmentName}${suffix}', 24)
  app: 'usage-${environmentName}-${suffix}'
  identity: 'usage-${environmentName}-identity'
  vault: take('usage-${environmentName}-${suffix}', 24)
}

module identity 'modules/identity.bicep' = {
  name: 'identity'
  params: { name: names.identity, location: location }
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  params: { name: names.app, location: location, publisherPrincipalId: identity.outputs.principalId }
}

module storage 'modules/storage.bicep' = {
  name: 'storage'
  params: { name: names.storage, location: location, principalId: identity.outputs.principalId }
}

module vault 'modules/vault.bicep' = {
  name: 'vault'
  params: { name: names.vault, location: location, readerPrincipalId: identity.outputs.principalId }
}

module app 'modules/app.bicep' = {
  name: 'app'
  params: {
    name: names.app
    location: location
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storageName: storage.outputs.name
    deploymentContainerUrl: storage.outputs.deploymentContainerUrl
    applicationInsightsConnectionString: monitoring.outputs.connectionString
    vaultUri: vault.outputs.uri
    pullSecretNames: pullSecretNames
    timeZone: timeZone
    maximumInstanceCount: maximumInstanceCount
    instanceMemoryMB: instanceMemoryMB
  }
}

module alerts 'modules/alerts.bicep' = {
  name: 'alerts'
  params: { name: names.app, location: location, applicationInsightsId: monitoring.outputs.id, email: alertEmail }
}

output appName string = app.outputs.name
output appUrl string = app.outputs.url
output storageName string = storage.outputs.name
output importsUrl string = storage.outputs.importsUrl
output vaultName string = vault.outputs.name
