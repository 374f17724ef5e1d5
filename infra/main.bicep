// Everything Usage needs in one resource group. Event Grid follows in events.bicep: its subscription is validated
// against the app, so the app's code must be there first.
targetScope = 'resourceGroup'

@description('Short name of the environment, of lower-case letters and digits; part of every resource name.')
@minLength(2)
@maxLength(8)
param environmentName string

@description('Region of everything.')
param location string = resourceGroup().location

@description('IANA name of the time zone in which files arrive; automatic snapshot dates depend on it.')
param timeZone string = 'UTC'

@description('Most instances that the app scales out to; imports alone keep a storage account busy with about ten.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Memory of an instance in MB, host and app together; the app itself needs less than 300.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('Copies of what is stored: in one data centre (LRS) or in three zones (ZRS), where the region has them.')
@allowed(['Standard_LRS', 'Standard_ZRS'])
param storageSku string = 'Standard_LRS'

@description('Days that logs are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 30

@description('Names that integrations use as @secret:NAME: each becomes the app setting Secrets__NAME, read from the key vault.')
param secretNames string[] = []

@description('Where each of them may be sent: hosts, or *.host for all below one, with commas between them. One without goes nowhere.')
param hostsByName { *: string } = {}

@description('Integrations that may use a secret, by their ids with commas between them; of a secret that is not here all may.')
param integrationsByName { *: string } = {}

@description('Blobs that pulls read by the identity of the app: account/container[/prefix], with commas between them. It needs the role Storage Blob Data Reader there.')
param blobSources string = ''

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
  params: { name: names.identity, location: location }
}

module monitoring 'modules/monitoring.bicep' = {
  params: {
    name: names.app
    location: location
    retentionDays: logRetentionDays
    publisherPrincipalId: identity.outputs.principalId
  }
}

module storage 'modules/storage.bicep' = {
  params: { name: names.storage, location: location, sku: storageSku, principalId: identity.outputs.principalId }
}

module vault 'modules/vault.bicep' = {
  params: { name: names.vault, location: location, readerPrincipalId: identity.outputs.principalId }
}

module app 'modules/app.bicep' = {
  params: {
    name: names.app
    location: location
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storageEndpoints: storage.outputs.endpoints
    deploymentContainerUrl: storage.outputs.deploymentContainerUrl
    applicationInsightsConnectionString: monitoring.outputs.connectionString
    vaultUri: vault.outputs.uri
    secretNames: secretNames
    hostsByName: hostsByName
    integrationsByName: integrationsByName
    blobSources: blobSources
    timeZone: timeZone
    maximumInstanceCount: maximumInstanceCount
    instanceMemoryMB: instanceMemoryMB
  }
}

module alerts 'modules/alerts.bicep' = {
  params: { name: names.app, location: location, applicationInsightsId: monitoring.outputs.id, email: alertEmail }
}

output appName string = app.outputs.name
output appUrl string = app.outputs.url
output storageName string = storage.outputs.name
output importsUrl string = storage.outputs.importsUrl
output vaultName string = vault.outputs.name
