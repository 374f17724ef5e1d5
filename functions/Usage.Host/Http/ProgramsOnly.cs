using System.Net;

namespace Usage.Host.Http;

/// <summary>
/// The host's own addresses ask for no key, as those of the Functions host do on one machine: programs of this machine may use them, and
/// no web page that its user has open, neither by a form nor by a name of its own that leads to this machine.
/// </summary>
internal static class ProgramsOnly
{
    public static async ValueTask<object?> CheckAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        if (!IsLoopback(request.Host.Host))
            return Results.Problem(
                "This host answers to localhost and 127.0.0.1 only.", statusCode: StatusCodes.Status421MisdirectedRequest);
        // Browsers add them to what a page sends, and programs don't.
        if (request.Headers.Origin.Count > 0 || request.Headers["Sec-Fetch-Site"].Any(site => site != "none"))
            return Results.Problem("A web page asked for this; only programs may.", statusCode: StatusCodes.Status403Forbidden);
        return await next(context);
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
