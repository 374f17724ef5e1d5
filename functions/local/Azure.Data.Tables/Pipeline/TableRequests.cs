using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables.Errors;

namespace Azure.Data.Tables.Pipeline;

/// <summary>One account's pipeline and address: makes requests and sends them.</summary>
internal sealed class TableRequests
{
    private const string Json = "application/json;odata=minimalmetadata";

    private readonly HttpPipeline _pipeline;
    private readonly string _version;

    private TableRequests(Uri endpoint, string account, TableClientOptions options, HttpPipelinePolicy authentication)
    {
        _pipeline = HttpPipelineBuilder.Build(options, [], [authentication], new ResponseClassifier());
        _version = options.VersionHeader;
        Endpoint = endpoint;
        Account = account;
        Address = endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/');
    }

    public Uri Endpoint { get; }

    public string Account { get; }

    /// <summary>The endpoint without a slash at its end.</summary>
    public string Address { get; }

    public static TableRequests For(Uri endpoint, TableSharedKeyCredential credential, TableClientOptions? options)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(credential);
        return new(endpoint, credential.AccountName, options ?? new(), new SharedKeyPolicy(credential));
    }

    /// <summary>With tokens, which are sent over https only: over http each request fails with <see cref="InvalidOperationException"/>.</summary>
    public static TableRequests For(Uri endpoint, TokenCredential credential, TableClientOptions? options)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(credential);
        options ??= new();
        var scope = (options.Audience ?? TableAudience.AzurePublicCloud).Scope;
        return new(endpoint, AccountIn(endpoint), options, new BearerTokenAuthenticationPolicy(credential, scope));
    }

    public static TableRequests For(string connectionString, TableClientOptions? options)
    {
        var parsed = ConnectionString.Parse(connectionString);
        return For(parsed.Endpoint, parsed.Credential, options);
    }

    /// <param name="method">The verb.</param>
    /// <param name="path">What comes after <see cref="Address"/>, escaped, with its query.</param>
    /// <param name="expected">The status codes that aren't errors.</param>
    public HttpMessage Create(RequestMethod method, string path, ResponseClassifier expected)
    {
        var message = _pipeline.CreateMessage();
        message.ResponseClassifier = expected;
        var request = message.Request;
        request.Method = method;
        request.Uri.Reset(new Uri(Address + path));
        request.Headers.Add("x-ms-version", _version);
        request.Headers.Add("DataServiceVersion", "3.0");
        request.Headers.Add("Accept", Json);
        return message;
    }

    /// <exception cref="RequestFailedException">The service answered with a status that isn't expected, or couldn't be reached after all retries.</exception>
    public async Task<Response> SendAsync(HttpMessage message, CancellationToken cancellationToken)
    {
        await _pipeline.SendAsync(message, cancellationToken).ConfigureAwait(false);
        return message.Response.IsError ? throw Outcomes.Failure(message.Response) : message.Response;
    }

    private static string AccountIn(Uri endpoint)
    {
        var path = endpoint.AbsolutePath.Trim('/');
        return endpoint.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6 || endpoint.IsLoopback
            ? path.Split('/')[0]
            : endpoint.Host.Split('.')[0];
    }
}
