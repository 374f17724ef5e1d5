namespace Microsoft.DurableTask.Client;

/// <summary>Options of a termination; <c>Recursive</c> takes running sub-orchestrations along.</summary>
public record TerminateInstanceOptions(object? Output = null, bool Recursive = false);
