namespace Usage.Functions.Http.Errors;

/// <summary>
/// One thing that is wrong with a request. Path names the place: a JSON path, a query or a route parameter; empty for the whole.
/// </summary>
public sealed record ApiError(string Code, string Path, string Message)
{
    /// <summary>Whether it is about a place, what that is a part of, or one of a list.</summary>
    public bool IsAbout(string place) =>
        Path.Length > 0 && (place == Path || IsIn(place, Path) || (place.EndsWith(']') && IsIn(Path, place)));

    private static bool IsIn(string path, string whole) =>
        path.StartsWith(whole, StringComparison.Ordinal) && path.Length > whole.Length && path[whole.Length] is '.' or '[';
}
