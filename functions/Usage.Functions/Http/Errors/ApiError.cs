namespace Usage.Functions.Http.Errors;

/// <summary>
/// One thing that is wrong with a request. Path names the place: a JSON path, a query or a route parameter; empty for the whole.
/// </summary>
public sealed record ApiError(string Code, string Path, string Message);
