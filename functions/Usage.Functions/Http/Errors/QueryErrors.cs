using Microsoft.AspNetCore.Http;

namespace Usage.Functions.Http.Errors;

/// <summary>
/// What is wrong with a query, whatever its values are: parameters that nobody knows, that come twice, or in another encoding.
/// </summary>
internal static class QueryErrors
{
    // The key of a function may stand in the query, as Azure allows.
    private static readonly string[] Keys = ["code", "clientId"];

    /// <param name="parameters">That the operation knows.</param>
    /// <param name="isDecoded">Whether all of it is percent-encoded UTF-8.</param>
    public static IEnumerable<ApiError> Of(HttpRequest request, IReadOnlyList<string> parameters, bool isDecoded)
    {
        foreach (var name in request.Query.Keys.Where(name => !parameters.Contains(name) && !Keys.Contains(name)))
        {
            var known = parameters.Count == 0 ? "none is known here" : $"expected {string.Join(", ", parameters)}";
            yield return new ApiError(ApiErrorCode.UnknownParameter, name, $"unknown query parameter \"{name}\", {known}");
        }

        foreach (var name in parameters.Where(name => request.Query[name].Count > 1))
            yield return new ApiError(
                ApiErrorCode.InvalidValue, name, $"\"{name}\" is given {request.Query[name].Count} times, expected once");
        if (isDecoded) yield break;
        foreach (var name in parameters.Where(name => request.Query[name].ToString().Contains('%')))
            yield return new ApiError(
                ApiErrorCode.InvalidValue, name, $"found \"{request.Query[name]}\", expected percent-encoded UTF-8");
    }
}
