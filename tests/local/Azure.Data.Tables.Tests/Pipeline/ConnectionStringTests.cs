namespace Azure.Data.Tables.Tests.Pipeline;

public sealed class ConnectionStringTests
{
    private const string Key = "AAECAwQ=";

    [Theory]
    [InlineData("UseDevelopmentStorage=true", "http://127.0.0.1:10002/devstoreaccount1", "devstoreaccount1")]
    [InlineData("UseDevelopmentStorage=true;DevelopmentStorageProxyUri=http://10.0.0.9", "http://10.0.0.9:10002/devstoreaccount1", "devstoreaccount1")]
    [InlineData($"DefaultEndpointsProtocol=https;AccountName=acme;AccountKey={Key};EndpointSuffix=core.windows.net", "https://acme.table.core.windows.net/", "acme")]
    [InlineData($"AccountName=acme;AccountKey={Key}", "https://acme.table.core.windows.net/", "acme")]
    [InlineData($"AccountName=acme;AccountKey={Key};EndpointSuffix=core.chinacloudapi.cn", "https://acme.table.core.chinacloudapi.cn/", "acme")]
    [InlineData($" tableendpoint = http://127.0.0.1:4711/acme ; ACCOUNTNAME=acme; AccountKey={Key};", "http://127.0.0.1:4711/acme", "acme")]
    public void It_says_where_the_tables_are(string text, string endpoint, string account)
    {
        var service = new TableServiceClient(text);

        Assert.Equal(endpoint, service.Uri.AbsoluteUri);
        Assert.Equal(account, service.AccountName);
        Assert.Equal($"{endpoint.TrimEnd('/')}/usage", service.GetTableClient("usage").Uri.AbsoluteUri);
    }

    [Theory]
    [InlineData("AccountName=acme", "No valid combination of account information found: the connection string has no AccountKey.")]
    [InlineData($"AccountKey={Key}", "No valid combination of account information found: the connection string has no AccountName.")]
    [InlineData("AccountName=acme;AccountKey=short", "The connection string's AccountKey is not Base64: copy it whole, with the '=' at its end.")]
    [InlineData("acme", "Settings must be of the form \"name=value\": the connection string has a part without a name or without '='.")]
    [InlineData("AccountName=a;accountname=b", "Duplicate setting \"accountname\" found in the connection string.")]
    [InlineData($"AccountName=acme;AccountKey={Key};TableEndpoint=acme.net", "The connection string's TableEndpoint is \"acme.net\": expected an absolute http or https address.")]
    public void A_malformed_one_is_refused_without_repeating_its_key(string text, string message)
    {
        var failure = Assert.Throws<FormatException>(() => new TableServiceClient(text));

        Assert.Equal(message, failure.Message);
    }

    [Fact]
    public void A_table_client_knows_account_name_and_address()
    {
        var table = new TableClient(new Uri("https://acme.table.core.windows.net"), "usage", new TableSharedKeyCredential("acme", Key));

        Assert.Equal(("acme", "usage", "https://acme.table.core.windows.net/usage"), (table.AccountName, table.Name, table.Uri.AbsoluteUri));
    }
}
