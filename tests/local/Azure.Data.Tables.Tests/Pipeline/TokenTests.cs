using Azure.Core;
using Azure.Core.Pipeline;

namespace Azure.Data.Tables.Tests.Pipeline;

public sealed class TokenTests(Emulator emulator)
{
    [Fact]
    public async Task Over_http_no_token_is_sent()
    {
        await using var service = await FaultyService.StartAsync(emulator);
        var credential = new FixedToken();
        var table = new TableClient(new Uri($"http://127.0.0.1:{service.Port}/devstoreaccount1"), "usage", credential, FaultyService.Impatient());

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => table.GetEntityAsync<TableEntity>("p", "r"));

        Assert.Contains("Bearer token authentication is not permitted for non TLS protected (https) endpoints.", failure.Message, StringComparison.Ordinal);
        Assert.Empty(service.Requests);
        Assert.Empty(credential.Scopes);
    }

    [Fact]
    public async Task Over_https_a_token_for_storage_is_sent()
    {
        await using var service = new SecureService("""{"value":[{"TableName":"usage"}]}""");
        var credential = new FixedToken();
        var account = new TableServiceClient(service.Endpoint, credential, Trusting());

        var tables = await account.QueryAsync().Select(t => t.Name).ToListAsync();

        Assert.Equal(["usage"], tables);
        Assert.Equal(["https://storage.azure.com/.default"], credential.Scopes);
        Assert.Contains("Authorization: Bearer secret-token", await service.Request, StringComparison.Ordinal);
        Assert.Equal("devstoreaccount1", account.AccountName);
    }

    [Fact]
    public async Task The_audience_can_be_another_clouds()
    {
        await using var service = new SecureService("""{"value":[]}""");
        var credential = new FixedToken();
        var options = Trusting();
        options.Audience = TableAudience.AzureGovernment;

        await new TableServiceClient(service.Endpoint, credential, options).QueryAsync().ToListAsync();

        Assert.Equal(["https://storage.azure.us/.default"], credential.Scopes);
    }

    private static TableClientOptions Trusting() => new()
    {
        Transport = new HttpClientTransport(new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=127.0.0.1" } }),
    };

    private sealed class FixedToken : TokenCredential
    {
        public List<string> Scopes { get; } = [];

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scopes.AddRange(requestContext.Scopes);
            return new AccessToken("secret-token", DateTimeOffset.MaxValue);
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }
}
