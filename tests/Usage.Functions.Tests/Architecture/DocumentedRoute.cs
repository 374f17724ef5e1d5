using System.Text.RegularExpressions;
using Usage.Functions.Http;

namespace Usage.Functions.Tests.Architecture;

/// <summary>An address of the API as a document names it: with its method, or as the example of one.</summary>
/// <param name="Method">Null: any, and what stands in the place of a parameter may be a value.</param>
/// <param name="Path">Below <c>/api</c>, without its query.</param>
internal sealed partial record DocumentedRoute(string? Method, string Path)
{
    /// <summary>Parameters may have other names than the app gives them.</summary>
    public bool IsServed => ApiEndpoint.OfApi.Any(endpoint =>
        (Method is null || string.Equals(Method, endpoint.Method, StringComparison.OrdinalIgnoreCase))
        && Fits(endpoint.Path.Split('/'), Path.Split('/')));

    /// <summary>All of a document but those of the host, which are no part of the app.</summary>
    public static IEnumerable<DocumentedRoute> In(string text) => Address().Matches(text)
        .Select(found => new DocumentedRoute(
            found.Groups["method"] is { Success: true } method ? method.Value : null,
            found.Groups["path"].Value.TrimEnd('.', ',', ';', ':')))
        .Where(route => !route.Path.StartsWith("/admin/", StringComparison.Ordinal));

    private bool Fits(string[] served, string[] named) =>
        served.Length == named.Length && served.Zip(named).All(pair => IsParameter(pair.First)
            ? Method is null || IsParameter(pair.Second) : pair.First == pair.Second);

    private static bool IsParameter(string part) => part.StartsWith('{') && part.EndsWith('}');

    [GeneratedRegex(@"\b(?<method>GET|PUT|POST|PATCH|DELETE)\s+(?:/api)?(?<path>/[^\s`'""?)]+)"
        + @"|(?<![\w.])(?:http://[\w.:]+)?/api(?<path>/[^\s`'""?)]+)")]
    private static partial Regex Address();
}
