using System.Reflection;
using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Description;
using Microsoft.Azure.WebJobs.Host.Config;

namespace Usage.Host.Webhooks;

/// <summary>
/// Where extensions are reached over HTTP: management of the durable one, events of the blob one. By hand: the SDK has the seam, and only
/// the Functions host behind it.
/// </summary>
internal sealed class ExtensionWebhooks(IServiceProvider services)
{
    /// <summary>As in <c>runtime/webhooks/{extension}</c>.</summary>
    public static string NameOf(IExtensionConfigProvider extension) =>
        extension.GetType().GetCustomAttribute<ExtensionAttribute>() is { } named
            ? (named.ConfigurationSection ?? named.Name).ToLowerInvariant() : extension.GetType().Name;

    public async Task<HttpResponseMessage> SendAsync(string name, HttpRequestMessage request, CancellationToken cancellationToken) =>
        services.GetServices<IExtensionConfigProvider>()
            .FirstOrDefault(extension => NameOf(extension) == name) is IAsyncConverter<HttpRequestMessage, HttpResponseMessage> webhook
            ? await webhook.ConvertAsync(request, cancellationToken)
            : new HttpResponseMessage(System.Net.HttpStatusCode.NotFound);

    /// <summary>Answers <c>runtime/webhooks/{name}/...</c>.</summary>
    public async Task HandleAsync(HttpContext context, string name)
    {
        using var request = new HttpRequestMessage(
            new HttpMethod(context.Request.Method), Microsoft.AspNetCore.Http.Extensions.UriHelper.GetEncodedUrl(context.Request))
        {
            Content = new StreamContent(context.Request.Body),
        };
        foreach (var (header, values) in context.Request.Headers)
            if (!request.Headers.TryAddWithoutValidation(header, values.ToArray()))
                request.Content.Headers.TryAddWithoutValidation(header, values.ToArray());
        using var answer = await SendAsync(name, request, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (header, values) in answer.Headers.Concat(answer.Content.Headers)) context.Response.Headers[header] = values.ToArray();
        await answer.Content.CopyToAsync(context.Response.Body);
    }
}
