// After the app's code is there: blobs dropped into `imports` are announced to it by Event Grid. Not part of main.bicep,
// since the key in the address is made when the host first loads the blob trigger, and Event Grid asks the address for
// an answer before it takes the subscription.
targetScope = 'resourceGroup'

@description('Output appName of main.bicep.')
param appName string

@description('Output storageName of main.bicep.')
param storageName string

param location string = resourceGroup().location

resource app 'Microsoft.Web/sites@2025-03-01' existing = {
  name: appName
}

resource storage 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: storageName
}

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' = {
  name: '${storageName}-blobs'
  location: location
  properties: {
    source: storage.id
    topicType: 'Microsoft.Storage.StorageAccounts'
  }
}

resource subscription 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = {
  parent: topic
  name: 'imports'
  properties: {
    eventDeliverySchema: 'EventGridSchema'
    destination: {
      endpointType: 'WebHook'
      properties: {
        // The rule wants a parameter, but the key is asked for here so that nobody has to hand it over.
        #disable-next-line use-secure-value-for-secure-inputs
        endpointUrl: 'https://${app.properties.defaultHostName}/runtime/webhooks/blobs?functionName=Host.Functions.OnFileDropped&code=${listKeys('${app.id}/host/default', '2025-03-01').systemKeys.blobs_extension}'
      }
    }
    filter: {
      includedEventTypes: ['Microsoft.Storage.BlobCreated']
      subjectBeginsWith: '/blobServices/default/containers/imports/'
      // Only calls that commit a whole blob: a block that is still being uploaded announces nothing.
      advancedFilters: [
        { operatorType: 'StringIn', key: 'data.api', values: ['PutBlob', 'PutBlockList', 'CopyBlob'] }
      ]
    }
    // An event that finds nobody for a day is dropped: the sweep every five minutes has long found its file.
    retryPolicy: { maxDeliveryAttempts: 30, eventTimeToLiveInMinutes: 1440 }
  }
}
