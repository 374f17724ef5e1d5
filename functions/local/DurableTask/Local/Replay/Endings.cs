using Microsoft.DurableTask.Client;

namespace Microsoft.DurableTask.Local;

/// <summary>The ways in which an execution ends.</summary>
internal static class Endings
{
    public static Ending Failed(Exception exception)
        => new(OrchestrationRuntimeStatus.Failed) { Failure = new(TaskFailureDetails.FromException(exception)) };

    public static Ending Failed(string type, string message, bool nonRetriable = true)
        => new(OrchestrationRuntimeStatus.Failed) { Failure = new(new(type, message, null, null, null), nonRetriable) };

    public static Ending Missing(string name)
        => Failed("OrchestratorTaskNotFound", $"No orchestrator task named '{name}' was found.");

    public static Ending Terminated(TerminateAsked asked)
        => new(OrchestrationRuntimeStatus.Terminated, asked.Output) { Recursive = asked.Recursive };

    /// <summary>What the parent's call gets: a result, or a failure.</summary>
    public static ChildAnswered Answer(this Ending ending, int taskId) => ending.Status switch
    {
        OrchestrationRuntimeStatus.Completed => new(taskId, ending.Output),
        OrchestrationRuntimeStatus.Terminated => new(taskId, null, new(new(
            "DurableTask.Core.Exceptions.OrchestrationTerminatedException",
            $"The sub-orchestration was terminated: {ending.Output ?? "no reason was given"}", null, null, null))),
        _ => new(taskId, null, ending.Failure),
    };
}
