using System.Reflection;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Usage.Core.Access;
using Usage.Functions.Http;
using Usage.Functions.Http.Callers;

namespace Usage.Functions.Tests.Http;

/// <summary>
/// Calls the functions of HTTP in this process, each as its method and route say. What comes before them (how a server reads addresses,
/// keys, roles, the audit) is tested with the whole app.
/// </summary>
/// <param name="services">Of which the functions are made.</param>
/// <param name="client">Of orchestrations; null: none can be started.</param>
internal sealed class ApiCaller(IServiceProvider services, DurableTaskClient? client = null)
{
    private static readonly (MethodInfo Function, string Method, string[] Route)[] Functions =
    [
        .. from type in typeof(ApiRequest).Assembly.GetTypes()
           from function in type.GetMethods()
           where function.IsDefined(typeof(FunctionAttribute))
           let trigger = function.GetParameters().Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>())
               .FirstOrDefault(attribute => attribute is not null)
           where trigger is not null
           select (function, trigger.Methods![0], trigger.Route!.Split('/')),
    ];

    public Task<ApiAnswer> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync("GET", path, null, headers);

    public Task<ApiAnswer> PutAsync(string path, string body, params (string Name, string Value)[] headers) =>
        SendAsync("PUT", path, Encoding.UTF8.GetBytes(body), headers);

    public Task<ApiAnswer> DeleteAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync("DELETE", path, null, headers);

    /// <param name="path">Below <c>/api</c>.</param>
    public async Task<ApiAnswer> SendAsync(
        string method, string path, byte[]? body = null, params (string Name, string Value)[] headers)
    {
        var segments = $"api/{path.Split('?')[0]}".Split('/');
        // As in ASP.NET Core, a word in a route goes before a parameter.
        var (function, _, route) = Functions
            .Where(one => string.Equals(one.Method, method, StringComparison.OrdinalIgnoreCase) && Fits(one.Route, segments))
            .MaxBy(one => one.Route.Count(part => !IsParameter(part)));
        var http = Request(method, $"/api/{path}", body, headers);
        var arguments = function.GetParameters().Select(parameter =>
            parameter.ParameterType == typeof(HttpRequest) ? http.Request
            : parameter.ParameterType == typeof(CancellationToken) ? CancellationToken.None
            : parameter.ParameterType == typeof(DurableTaskClient) ? client
            : (object)Uri.UnescapeDataString(segments[Array.IndexOf(route, $"{{{parameter.Name}}}")]));
        var instance = ActivatorUtilities.CreateInstance(services, function.DeclaringType!);
        var answer = await (Task<IActionResult>)function.Invoke(instance, [.. arguments])!;
        await answer.ExecuteResultAsync(new ActionContext { HttpContext = http });
        return ApiAnswer.Of(http.Response, $"{method} {path}");
    }

    private DefaultHttpContext Request(string method, string target, byte[]? body, (string Name, string Value)[] headers)
    {
        var http = new DefaultHttpContext { RequestServices = services };
        http.Features.Get<IHttpRequestFeature>()!.RawTarget = target;
        var parts = target.Split('?', 2);
        (http.Request.Method, http.Request.Path) = (method, Uri.UnescapeDataString(parts[0]));
        if (parts.Length > 1) http.Request.QueryString = new QueryString($"?{parts[1]}");
        if (body is not null) (http.Request.Body, http.Request.ContentLength) = (new MemoryStream(body), body.Length);
        foreach (var (name, value) in headers) http.Request.Headers.Append(name, value);
        http.Features.Set(Caller.Local);
        http.Features.Set(new AuditTrail(TimeProvider.System.GetUtcNow()));
        http.Response.Body = new MemoryStream();
        return http;
    }

    private static bool Fits(string[] route, string[] segments) =>
        route.Length == segments.Length && route.Zip(segments).All(pair => IsParameter(pair.First) || pair.First == pair.Second);

    private static bool IsParameter(string part) => part.StartsWith('{');
}
