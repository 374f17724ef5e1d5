param name string
param location string
param applicationInsightsId string
param email string

// Both are told by what the host and the app log. The platform's own metric counts the messages of all queues of an
// account together, once an hour, so it can't tell a poison message from work.
var rules = [
  {
    name: 'poison'
    text: 'A dropped file failed every try of its trigger; its message is in the queue webjobs-blobtrigger-poison.'
    query: 'traces | where message has "Moving message to queue \'webjobs-blobtrigger-poison\'"'
  }
  {
    name: 'failed-runs'
    text: 'An import or a pull ended as failed; GET /api/runs?status=failed says why.'
    query: 'traces | where message matches regex @"^(Import run \\S+ of \\S+|The pull \\S+ of \\S+) is Failed\\b"'
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

resource alerts 'Microsoft.Insights/scheduledQueryRules@2026-03-01' = [
  for rule in rules: {
    name: '${name}-${rule.name}'
    location: location
    properties: {
      description: rule.text
      severity: 2
      enabled: true
      scopes: [applicationInsightsId]
      // Logs come some minutes late: each look overlaps the last, and an alert that stands isn't sent again.
      evaluationFrequency: 'PT5M'
      windowSize: 'PT15M'
      autoMitigate: true
      criteria: {
        allOf: [{ query: rule.query, timeAggregation: 'Count', operator: 'GreaterThan', threshold: 0 }]
      }
      actions: { actionGroups: [group.id] }
    }
  }
]
