using System.Data.Common;
using System.Text;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Microsoft.Azure.Functions.Worker.Local.Blobs;

/// <summary>The one thing that the host does with a queue: put a message there, making the queue first if need be.</summary>
internal sealed class StorageQueue(Uri endpoint, string name, HttpPipelinePolicy authentication, string sas = "")
{
    private const string DevelopmentKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private readonly HttpPipeline pipeline = HttpPipelineBuilder.Build(new Options(), authentication);

    public static HttpPipelinePolicy Bearer(TokenCredential identity) =>
        new BearerTokenAuthenticationPolicy(identity, "https://storage.azure.com/.default");

    public static StorageQueue From(string connectionString, string name)
    {
        var parts = new DbConnectionStringBuilder { ConnectionString = connectionString };
        string? Part(string key) => parts.TryGetValue(key, out var value) ? (string)value : null;
        if (string.Equals(Part("UseDevelopmentStorage"), "true", StringComparison.OrdinalIgnoreCase))
            return new StorageQueue(new Uri("http://127.0.0.1:10001/devstoreaccount1"), name, new SharedKeyPolicy("devstoreaccount1", DevelopmentKey));
        var account = Part("AccountName");
        var endpoint = Part("QueueEndpoint")
            ?? $"{Part("DefaultEndpointsProtocol") ?? "https"}://{account}.queue.{Part("EndpointSuffix") ?? "core.windows.net"}";
        return Part("AccountKey") is { } key
            ? new StorageQueue(new Uri(endpoint), name, new SharedKeyPolicy(account!, key))
            : new StorageQueue(new Uri(endpoint), name, new NoPolicy(), Part("SharedAccessSignature")?.TrimStart('?') ?? "");
    }

    /// <exception cref="RequestFailedException">The service refused it or isn't there.</exception>
    public async Task SendAsync(string message, CancellationToken cancel)
    {
        var body = $"<QueueMessage><MessageText>{Convert.ToBase64String(Encoding.UTF8.GetBytes(message))}</MessageText></QueueMessage>";
        using var first = await CallAsync(RequestMethod.Post, "/messages", body, cancel);
        if (first.Status == 201) return;
        if (first.Status != 404) throw new RequestFailedException(first);
        using var create = await CallAsync(RequestMethod.Put, "", null, cancel);
        if (create.Status is not (201 or 204 or 409)) throw new RequestFailedException(create);
        using var second = await CallAsync(RequestMethod.Post, "/messages", body, cancel);
        if (second.Status != 201) throw new RequestFailedException(second);
    }

    private async Task<Response> CallAsync(RequestMethod method, string path, string? body, CancellationToken cancel)
    {
        using var message = pipeline.CreateMessage();
        message.Request.Method = method;
        message.Request.Uri.Reset(new Uri($"{endpoint.ToString().TrimEnd('/')}/{name}{path}{(sas.Length > 0 ? "?" + sas : "")}"));
        message.Request.Headers.Add("x-ms-version", "2021-12-02");
        if (body is not null)
        {
            message.Request.Headers.Add("Content-Type", "application/xml");
            message.Request.Content = RequestContent.Create(Encoding.UTF8.GetBytes(body));
        }

        await pipeline.SendAsync(message, cancel);
        return message.Response;
    }

    private sealed class Options : ClientOptions;

    private sealed class NoPolicy : HttpPipelineSynchronousPolicy;
}
