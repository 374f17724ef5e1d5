using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Azure.WebJobs;
using Usage.Host.Functions;
using Usage.Host.Worker;
using Yarp.ReverseProxy.Forwarder;

namespace Usage.Host.Http;

/// <summary>
/// Takes a request as the Functions host does: finds the function by its route, begins its invocation, and forwards the request to the
/// worker's own server, which answers it. By hand, since only the Functions host itself knows of this pair; routing and forwarding are
/// ASP.NET Core's and YARP's.
/// </summary>
internal sealed class HttpFunctions(WorkerChannel worker, Lazy<IJobHost> jobs, IHttpForwarder forwarder, HostState state)
    : HttpTransformer, IDisposable
{
    private readonly HttpMessageInvoker _client = AsItCame.NewClient();

    public void Map(IEndpointRouteBuilder endpoints, IEnumerable<FunctionDefinition> functions, string routePrefix)
    {
        foreach (var function in functions.Where(function => function.Kind == "httpTrigger"))
        {
            var route = $"{routePrefix.Trim('/')}/{(string?)function.Trigger["route"] ?? function.Name}".Trim('/');
            var methods = (function.Trigger["methods"] as JsonArray)?.Select(method => method.Text().ToUpperInvariant()).ToList() ?? [];
            RequestDelegate handle = context => HandleAsync(context, function);
            if (methods.Count > 0) endpoints.MapMethods(route, methods, handle);
            else endpoints.Map(route, handle);
        }
    }

    public override async ValueTask TransformRequestAsync(
        HttpContext context, HttpRequestMessage request, string destination, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(context, request, destination, cancellationToken);
        AsItCame.Restore(context, request, destination);
        // By this the worker finds the invocation that belongs to the request.
        request.Headers.TryAddWithoutValidation("x-ms-invocation-id", context.Features.GetRequiredFeature<HttpInvocation>().Id);
    }

    public void Dispose() => _client.Dispose();

    private async Task HandleAsync(HttpContext context, FunctionDefinition function)
    {
        if (!state.IsRunning || !worker.IsReady)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "1";
            return;
        }

        if (AsItCame.Refuses(context)) return;
        var invocation = new HttpInvocation(Guid.NewGuid().ToString(), Values(context.Request));
        context.Features.Set(invocation);
        var arguments = new Dictionary<string, object> { [function.Trigger["name"].Text()] = invocation };
        using var abandoned = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        var running = jobs.Value.CallAsync(function.Name, arguments, abandoned.Token);
        var error = await forwarder.SendAsync(context, worker.Http!.AbsoluteUri, _client, AsItCame.Azure, this);
        // The worker that never saw the request would wait for it; one that was left by its client hears of it.
        if (error != ForwarderError.None) await abandoned.CancelAsync();
        // Its failure was logged where it happened, and the worker's own answer has told the client.
        await running.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    // A value of the route goes before one of the query with the same name.
    private static Dictionary<string, string> Values(HttpRequest request)
    {
        var values = request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in request.RouteValues) values[name] = $"{value}";
        return values;
    }
}
