using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker.Local.Blobs;
using Microsoft.Azure.Functions.Worker.Local.Functions;
using Microsoft.Azure.Functions.Worker.Local.Http;
using Microsoft.Azure.Functions.Worker.Local.Settings;
using Microsoft.Azure.Functions.Worker.Local.Timers;

namespace Microsoft.Azure.Functions.Worker.Local.Hosting;

/// <summary>The part of the host's admin API that one machine needs.</summary>
internal static class AdminEndpoints
{
    public static void Map(
        WebApplication app, IReadOnlyList<FunctionDescriptor> functions, TimerListener timers, BlobListener blobs, KeyGate gate, HostSettings settings)
    {
        app.MapGet("/admin/host/status", (HttpContext http) =>
            IsLocal(http) || gate.Allows(AuthorizationLevel.Admin, http.Request)
                ? Results.Json(new { state = "Running" })
                : Results.Unauthorized());
        app.MapPost("/admin/functions/{name}", async (string name, HttpContext http) =>
        {
            if (settings.Address.IsLoopback ? !IsLocal(http) : !gate.Allows(AuthorizationLevel.Admin, http.Request)) return Results.Unauthorized();
            if (functions.FirstOrDefault(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } function) return Results.NotFound();
            if (timers.RunNow(function)) return Results.Accepted();
            return blobs.RunNow(function, await InputAsync(http.Request)) switch
            {
                true => Results.Accepted(),
                false => Results.BadRequest($"Function '{function.Name}' is told its blob in the body: {{ \"input\": \"container/path\" }}."),
                _ => Results.BadRequest($"Function '{function.Name}' has neither a timer nor a blob trigger: the local host starts only such functions by hand."),
            };
        });
    }

    private static async Task<string> InputAsync(HttpRequest request)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(request.Body);
            return body.RootElement.TryGetProperty("input", out var input) && input.ValueKind == JsonValueKind.String ? input.GetString()! : "";
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return "";
        }
    }

    private static bool IsLocal(HttpContext http) => http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address);
}
