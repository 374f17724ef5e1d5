namespace Microsoft.DurableTask.Client;

/// <summary>Which ended instances to purge; bounds are inclusive.</summary>
public record PurgeInstancesFilter(
    DateTimeOffset? CreatedFrom = null,
    DateTimeOffset? CreatedTo = null,
    IEnumerable<OrchestrationRuntimeStatus>? Statuses = null)
{
    /// <summary>After this long the purge stops and says that it is not complete; default no limit.</summary>
    public TimeSpan? Timeout { get; init; }
}
