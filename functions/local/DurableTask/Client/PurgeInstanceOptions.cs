namespace Microsoft.DurableTask.Client;

/// <summary>Options of a purge; <c>Recursive</c> takes the sub-orchestrations along.</summary>
public record PurgeInstanceOptions(bool Recursive = false);
