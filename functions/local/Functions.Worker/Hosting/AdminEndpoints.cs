using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker.Local.Functions;
using Microsoft.Azure.Functions.Worker.Local.Http;
using Microsoft.Azure.Functions.Worker.Local.Settings;
using Microsoft.Azure.Functions.Worker.Local.Timers;

namespace Microsoft.Azure.Functions.Worker.Local.Hosting;

/// <summary>The part of the host's admin API that one machine needs.</summary>
internal static class AdminEndpoints
{
    public static void Map(
        WebApplication app, IReadOnlyList<FunctionDescriptor> functions, TimerListener timers, KeyGate gate, HostSettings settings)
    {
        app.MapGet("/admin/host/status", (HttpContext http) =>
            IsLocal(http) || gate.Allows(AuthorizationLevel.Admin, http.Request)
                ? Results.Json(new { state = "Running" })
                : Results.Unauthorized());
        app.MapPost("/admin/functions/{name}", (string name, HttpContext http) =>
        {
            if (settings.Address.IsLoopback ? !IsLocal(http) : !gate.Allows(AuthorizationLevel.Admin, http.Request)) return Results.Unauthorized();
            if (functions.FirstOrDefault(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } function) return Results.NotFound();
            if (!timers.RunNow(function))
                return Results.BadRequest($"Function '{function.Name}' has no timer trigger: the local host starts only such functions by hand.");
            return Results.Accepted();
        });
    }

    private static bool IsLocal(HttpContext http) => http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address);
}
