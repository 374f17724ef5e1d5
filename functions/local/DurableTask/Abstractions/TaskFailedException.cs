namespace Microsoft.DurableTask;

/// <summary>
/// An activity or a sub-orchestration failed, all retries included. It never carries the original exception object:
/// look at <see cref="FailureDetails"/>.
/// </summary>
#pragma warning disable CA1032 // the official type has just these constructors
public sealed class TaskFailedException : Exception
#pragma warning restore CA1032
{
    public TaskFailedException(string taskName, int taskId, Exception innerException)
        : base(Text(taskName, taskId, innerException.Message), innerException)
    {
        TaskName = taskName;
        TaskId = taskId;
        FailureDetails = TaskFailureDetails.FromException(innerException);
    }

    public TaskFailedException(string taskName, int taskId, TaskFailureDetails failureDetails)
        : base(Text(taskName, taskId, failureDetails.ErrorMessage))
    {
        TaskName = taskName;
        TaskId = taskId;
        FailureDetails = failureDetails;
    }

    public string TaskName { get; }

    public int TaskId { get; }

    public TaskFailureDetails FailureDetails { get; }

    /// <summary>A missing activity or orchestrator stays missing: no policy tries it again.</summary>
    internal bool IsNonRetriable { get; init; }

    [Obsolete("Use the FailureDetails property and its IsCausedBy<T>() method")]
    public bool IsCausedByException<T>()
        where T : Exception => FailureDetails.ErrorType == typeof(T).FullName;

    private static string Text(string name, int id, string cause)
        => $"Task '{name}' (#{id}) failed with an unhandled exception: {cause}";
}
