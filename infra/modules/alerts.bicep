param name string
param location string
param applicationInsightsId string
param email string

var rules = [
  {
    name: 'poison'
    text: 'A dropped file failed every try of its trigger.'
    query: 'traces | where message has "webjobs-blobtrigger-poison"'
  }
  {
    name: 'failed-runs'
    text: 'An import ended as failed.'
    query: 'traces | where customDimensions.EventName == "RunEnded" and customDimensions.Status == "Failed"'
  }
]

resource group 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: '${name}-alerts'
  location: 'global'
  properties: {
    groupShortName: 'usage'
    enabled: true
    emailReceivers: [{ name: 'owners', emailAddress: email, useCommonAlertSchema: true }]
  }
}

resource alerts 'Microsoft.Insights/scheduledQueryRules@2023-03-15-preview' = [
  for rule in rules: {
    name: '${name}-${rule.name}'
    location: location
    properties: {
      description: rule.text
      severity: 2
      enabled: true
      scopes: [applicationInsightsId]
      evaluationFrequency: 'PT5M'
      windowSize: 'PT5M'
      criteria: {
        allOf: [{ query: rule.query, timeAggregation: 'Count', operator: 'GreaterThan', threshold: 0 }]
      }
      actions: { actionGroups: [group.id] }
    }
  }
]
