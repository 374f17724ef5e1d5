param name string
param location string
param sku string
param principalId string

// What the app needs and nothing more: blobs with leases and containers of its own (host, durable history, runs), queues
// (events of blobs, durable messages, poison), tables. Queue messages are made, read and deleted, hence Contributor.
var roles = {
  blobs: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b' // Storage Blob Data Owner
  queues: '974c5e8b-45b9-4653-ba55-5f855dd0fb88' // Storage Queue Data Contributor
  tables: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3' // Storage Table Data Contributor
}

resource storage 'Microsoft.Storage/storageAccounts@2025-06-01' = {
  name: name
  location: location
  kind: 'StorageV2'
  sku: { name: sku }
  properties: {
    // Flat blobs: with a hierarchical namespace uploads announce themselves before they are whole.
    isHnsEnabled: false
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: { deleteRetentionPolicy: { enabled: true, days: 7 } }

    resource imports 'containers' = { name: 'imports' }
    resource deployments 'containers' = { name: 'deployments' }
  }
}

resource assignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in items(roles): {
    name: guid(storage.id, principalId, role.value)
    scope: storage
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.value)
      principalId: principalId
      principalType: 'ServicePrincipal'
    }
  }
]

@description('Where the services of a storage account are.')
@export()
type endpoints = { blob: string, queue: string, table: string }

output name string = storage.name
output endpoints endpoints = {
  blob: storage.properties.primaryEndpoints.blob
  queue: storage.properties.primaryEndpoints.queue
  table: storage.properties.primaryEndpoints.table
}
output importsUrl string = '${storage.properties.primaryEndpoints.blob}imports'
output deploymentContainerUrl string = '${storage.properties.primaryEndpoints.blob}deployments'
