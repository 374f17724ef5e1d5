using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Usage.Host.Http;
using Yarp.ReverseProxy.Forwarder;

namespace Usage.Local.Host;

/// <summary>
/// One address for several instances, as Azure's front end has: each request goes to the next instance that runs, as it came.
/// </summary>
internal sealed class FrontEnd : HttpTransformer, IAsyncDisposable
{
    private readonly HttpMessageInvoker _client = AsItCame.NewClient();
    private readonly Func<IReadOnlyList<Uri>> _running;
    private readonly WebApplication _server;
    private int _turn;

    private FrontEnd(int port, Func<IReadOnlyList<Uri>> running)
    {
        _running = running;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddHttpForwarder();
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.Listen(IPAddress.Loopback, port);
            // Instances have limits of their own.
            server.Limits.MaxRequestBodySize = null;
            server.Limits.MinRequestBodyDataRate = null;
        });
        _server = builder.Build();
        var forwarder = _server.Services.GetRequiredService<IHttpForwarder>();
        _server.Run(context => ForwardAsync(context, forwarder));
    }

    public Uri Url => new(_server.Urls.First());

    /// <param name="port">On 127.0.0.1.</param>
    /// <param name="running">Addresses of the instances that run, asked for each request.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    public static async Task<FrontEnd> StartAsync(int port, Func<IReadOnlyList<Uri>> running, CancellationToken cancellationToken)
    {
        var front = new FrontEnd(port, running);
        await front._server.StartAsync(cancellationToken);
        return front;
    }

    public override async ValueTask TransformRequestAsync(
        HttpContext context, HttpRequestMessage request, string destination, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(context, request, destination, cancellationToken);
        AsItCame.Restore(context, request, destination);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _client.Dispose();
    }

    private async Task ForwardAsync(HttpContext context, IHttpForwarder forwarder)
    {
        if (AsItCame.Refuses(context)) return;
        if (_running() is not { Count: > 0 } instances)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "1";
            return;
        }

        var next = instances[(int)((uint)Interlocked.Increment(ref _turn) % instances.Count)];
        await forwarder.SendAsync(context, next.AbsoluteUri, _client, AsItCame.Azure, this);
    }
}
