using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;

namespace Usage.Published.Host;

/// <summary>Takes requests as the host does: finds the function, begins its invocation, and passes the request on to the worker's own server.</summary>
internal sealed class HttpDoor(WorkerLink link) : IDisposable
{
    private readonly HttpClient _worker = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    public async Task HandleAsync(HttpContext context)
    {
        foreach (var (function, route) in Routes(context.Request.Method))
        {
            var values = new RouteValueDictionary();
            if (!route.TryMatch(context.Request.Path, values)) continue;
            await PassOnAsync(context, function, values);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
    }

    public void Dispose() => _worker.Dispose();

    private IEnumerable<(Function Function, TemplateMatcher Route)> Routes(string method) =>
        from function in link.Functions
        where function.Kind == "httpTrigger" && function.Trigger["methods"]!.AsArray().Any(m => method.Equals((string)m!, StringComparison.OrdinalIgnoreCase))
        let template = TemplateParser.Parse($"api/{function.Trigger["route"]}")
        orderby RoutePrecedence.ComputeInbound(template)
        select (function, new TemplateMatcher(template, []));

    private async Task PassOnAsync(HttpContext context, Function function, RouteValueDictionary values)
    {
        var (request, response, id) = (context.Request, context.Response, Guid.NewGuid().ToString());
        var invocation = link.InvokeAsync(function, new JsonObject { ["http"] = new JsonObject() }, id, values);
        using var passed = new HttpRequestMessage(new HttpMethod(request.Method), new Uri(link.Http!, request.Path + request.QueryString));
        passed.Headers.Add("x-ms-invocation-id", id);
        if (request.ContentLength > 0 || request.Headers.TransferEncoding.Count > 0) passed.Content = new StreamContent(request.Body);
        foreach (var header in request.Headers)
            if (!passed.Headers.TryAddWithoutValidation(header.Key, header.Value.AsEnumerable())) passed.Content?.Headers.TryAddWithoutValidation(header.Key, header.Value.AsEnumerable());
        using var answer = await _worker.SendAsync(passed, HttpCompletionOption.ResponseHeadersRead);
        response.StatusCode = (int)answer.StatusCode;
        foreach (var header in answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key != "Transfer-Encoding"))
            response.Headers[header.Key] = header.Value.ToArray();
        await answer.Content.CopyToAsync(response.Body);
        await invocation;
    }
}
