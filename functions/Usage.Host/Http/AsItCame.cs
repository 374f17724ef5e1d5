using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;

namespace Usage.Host.Http;

/// <summary>How a request is handed on as it came. Compiled into Usage.Local too, where several hosts stand behind one address.</summary>
internal static class AsItCame
{
    private static readonly UriCreationOptions AsItStands = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <summary>Azure's load balancer gives up a request without an answer after this time.</summary>
    public static ForwarderRequestConfig Azure { get; } = new() { ActivityTimeout = TimeSpan.FromSeconds(230) };

    public static HttpMessageInvoker NewClient() => new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        EnableMultipleHttp2Connections = true,
        ActivityHeadersPropagator = new ReverseProxyPropagator(DistributedContextPropagator.Current),
        ConnectTimeout = TimeSpan.FromSeconds(15),
    });

    /// <summary>Answers a request that names no host, or one that can't be sent on.</summary>
    /// <returns>Whether it did.</returns>
    public static bool Refuses(HttpContext context)
    {
        try
        {
            using var probe = new HttpRequestMessage();
            probe.Headers.Host = context.Request.Host.Value;
            if (context.Request.Host.HasValue) return false;
        }
        catch (Exception none) when (none is ArgumentException or FormatException)
        {
            // Its name can't be decoded (xn--…), or is none.
        }

        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return true;
    }

    /// <param name="request">That is sent on.</param>
    /// <param name="destination">Where to.</param>
    public static void Restore(HttpContext context, HttpRequestMessage request, string destination)
    {
        // The app looks at the address that it was called by.
        request.Headers.Host = context.Request.Host.Value;
        // As Azure's front end does: what stands before the last of them anybody may have written.
        if (context.Connection.RemoteIpAddress is { } caller && !IPAddress.IsLoopback(caller))
            request.Headers.TryAddWithoutValidation("X-Forwarded-For", caller.ToString());
        // The path as it came: the forwarder would encode once more what ASP.NET Core leaves encoded, as in a%2Fb.
        if (context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget is ['/', ..] target)
            request.RequestUri = new Uri($"{destination.TrimEnd('/')}{target}", AsItStands);
    }
}
