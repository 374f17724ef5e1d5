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

    /// <param name="request">That is sent on.</param>
    /// <param name="destination">Where to.</param>
    public static void Restore(HttpContext context, HttpRequestMessage request, string destination)
    {
        // The app looks at the address that it was called by.
        request.Headers.Host = context.Request.Host.Value;
        // The path as it came: the forwarder would encode once more what ASP.NET Core leaves encoded, as in a%2Fb.
        if (context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget is ['/', ..] target)
            request.RequestUri = new Uri($"{destination.TrimEnd('/')}{target}", AsItStands);
    }
}
