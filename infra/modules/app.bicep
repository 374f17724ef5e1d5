import { endpoints } from 'storage.bicep'

param name string
param location string
param identityId string
param identityClientId string
param storageEndpoints endpoints
param deploymentContainerUrl string
param applicationInsightsConnectionString string
param vaultUri string
param secretNames string[]
param hostsByName { *: string }
param integrationsByName { *: string }
param blobSources string
param timeZone string
param maximumInstanceCount int
param instanceMemoryMB int

var settings = {
  // The host's storage, and the app's, by the identity: no setting holds a key.
  AzureWebJobsStorage__blobServiceUri: storageEndpoints.blob
  AzureWebJobsStorage__queueServiceUri: storageEndpoints.queue
  AzureWebJobsStorage__tableServiceUri: storageEndpoints.table
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId
  // DefaultAzureCredential takes the identity that this names.
  AZURE_CLIENT_ID: identityClientId
  APPLICATIONINSIGHTS_CONNECTION_STRING: applicationInsightsConnectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'Authorization=AAD;ClientId=${identityClientId}'
  // The app has a page of its own at /.
  AzureWebJobsDisableHomepage: 'true'
  // 200 MiB, near the most that the platform lets through: larger files are dropped as blobs.
  FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: '209715200'
  Usage__TimeZone: timeZone
  Usage__Pulls__BlobSources: blobSources
  // The first admin's; the app doesn't start while the vault lacks it.
  Usage__Access__AdminKey: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/ADMIN-KEY/)'
}

// A secret's name in a key vault has no underscores.
var secrets = toObject(
  secretNames,
  secret => 'Secrets__${secret}',
  secret => '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/${replace(secret, '_', '-')}/)'
)

var secretScopes = union(
  toObject(items(hostsByName), scope => 'Secrets__${scope.key}__Hosts', scope => scope.value),
  toObject(items(integrationsByName), scope => 'Secrets__${scope.key}__Integrations', scope => scope.value)
)

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: '${name}-plan'
  location: location
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  kind: 'functionapp,linux'
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identityId}': {} } }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    siteConfig: { minTlsVersion: '1.2' }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: deploymentContainerUrl
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identityId }
        }
      }
      scaleAndConcurrency: { maximumInstanceCount: maximumInstanceCount, instanceMemoryMB: instanceMemoryMB }
      runtime: { name: 'dotnet-isolated', version: '10.0' }
    }
  }

  resource configuration 'config' = {
    name: 'appsettings'
    properties: union(settings, secrets, secretScopes)
  }
}

output name string = app.name
output url string = 'https://${app.properties.defaultHostName}'
