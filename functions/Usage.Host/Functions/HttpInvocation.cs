namespace Usage.Host.Functions;

/// <param name="Id">The invocation's, by which the worker finds the request that belongs to it.</param>
/// <param name="Values">Of the route and the query, by name.</param>
public sealed record HttpInvocation(string Id, IReadOnlyDictionary<string, string> Values);
