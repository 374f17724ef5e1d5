using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Microsoft.Azure.Functions.Worker.Local.Http;

/// <summary>What an HTTP trigger knows by name: query, then route values (which win), and all headers and query as JSON.</summary>
internal static class HttpBindingData
{
    public static IReadOnlyDictionary<string, object?> Of(HttpRequest request)
    {
        var data = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in request.Query) data[name] = values.ToString();
        data["Headers"] = JsonSerializer.Serialize(request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString()));
        data["Query"] = JsonSerializer.Serialize(request.Query.ToDictionary(q => q.Key, q => q.Value.ToString()));
        foreach (var (name, value) in request.RouteValues) data[name] = value;
        return data;
    }
}
