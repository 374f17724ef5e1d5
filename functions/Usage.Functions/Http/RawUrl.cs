using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Usage.Functions.Http;

/// <summary>
/// What decoding a URL hides: bytes that are no UTF-8, and slashes in a path, are left encoded, as if someone had sent a <c>%</c>.
/// Nobody is to get what he didn't ask for.
/// </summary>
internal static class RawUrl
{
    public static bool IsPathDecoded(HttpRequest request) => Percents(request.Path.Value) == 0
        || Percents(request.Path.Value) == Sent(request, 0);

    public static bool IsQueryDecoded(HttpRequest request)
    {
        var percents = request.Query.Sum(pair => pair.Value.Sum(Percents) + Percents(pair.Key) * pair.Value.Count);
        return percents == 0 || percents == Sent(request, 1);
    }

    private static int Percents(string? text) => text?.Count(c => c == '%') ?? 0;

    private static int Sent(HttpRequest request, int part)
    {
        var raw = request.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget.Split('?', 2) ?? [];
        return part < raw.Length ? raw[part].Split("%25").Length - 1 : 0;
    }
}
