using System.Reflection;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.Azure.Functions.Worker.Local.Blobs;
using Microsoft.Azure.Functions.Worker.Local.Durable;
using Microsoft.Azure.Functions.Worker.Local.Http;
using Microsoft.Azure.Functions.Worker.Local.Settings;
using Microsoft.Azure.Functions.Worker.Local.Timers;

namespace Microsoft.Azure.Functions.Worker.Local.Functions;

/// <summary>The five kinds of trigger that this host knows.</summary>
internal static class TriggerParameters
{
    /// <summary>As function metadata names it.</summary>
    public static string TypeName(TriggerBindingAttribute trigger) => trigger switch
    {
        HttpTriggerAttribute => "httpTrigger",
        BlobTriggerAttribute => "blobTrigger",
        TimerTriggerAttribute => "timerTrigger",
        OrchestrationTriggerAttribute => "orchestrationTrigger",
        ActivityTriggerAttribute => "activityTrigger",
        _ => throw new StartupException($"{trigger.GetType().Name} is not known to the local host."),
    };

    public static ParameterSource For(ParameterInfo parameter, TriggerBindingAttribute trigger) => trigger switch
    {
        HttpTriggerAttribute => HttpParameter.For(parameter),
        BlobTriggerAttribute => BlobParameter.For(parameter),
        TimerTriggerAttribute => TimerParameter.For(parameter),
        OrchestrationTriggerAttribute => DurableParameters.Orchestration(parameter),
        _ => DurableParameters.Activity(parameter),
    };
}
