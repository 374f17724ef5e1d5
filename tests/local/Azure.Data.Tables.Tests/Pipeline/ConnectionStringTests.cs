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
    [InlineData("AccountName=acme", typeof(ArgumentException))]
    [InlineData($"AccountKey={Key}", typeof(ArgumentException))]
    [InlineData("AccountName=acme;AccountKey=short", typeof(FormatException))]
    [InlineData("acme", typeof(InvalidOperationException))]
    [InlineData("AccountName=a;accountname=b", typeof(InvalidOperationException))]
    public void A_malformed_one_is_refused(string text, Type expected) => Assert.Throws(expected, () => new TableServiceClient(text));

    [Fact]
    public void A_table_client_knows_account_name_and_address()
    {
        var table = new TableClient(new Uri("https://acme.table.core.windows.net"), "usage", new TableSharedKeyCredential("acme", Key));

        Assert.Equal(("acme", "usage", "https://acme.table.core.windows.net/usage"), (table.AccountName, table.Name, table.Uri.AbsoluteUri));
    }
}
