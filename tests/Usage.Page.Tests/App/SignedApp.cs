using System.Globalization;
using System.Text.Json;

namespace Usage.Page.Tests.App;

/// <summary>
/// An app as it is in Azure, where everybody needs a key or the platform's word for who they are, with a year of usage in it.
/// </summary>
public sealed class SignedApp : PageApp
{
    public const string Name = "signed app";

    internal const string AdminKey = "an-admin-key-of-more-than-32-characters";

    internal string ReaderKey { get; private set; } = "";

    internal string EditorKey { get; private set; } = "";

    internal string DropperKey { get; private set; } = "";

    /// <summary>Of a year, with bad cells, a broken row and customers that nobody knows.</summary>
    internal string Run { get; private set; } = "";

    /// <summary>A file that the admin has sent and not imported.</summary>
    internal string Upload { get; private set; } = "";

    /// <summary>Failed, since nothing tells days from months.</summary>
    internal string Undecided { get; private set; } = "";

    protected override string Key => AdminKey;

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Usage__Access__Local"] = "false",
        ["Usage__Access__AdminKey"] = AdminKey,
        ["Usage__Access__SignIn"] = "entra",
        ["WEBSITE_AUTH_ENABLED"] = "true",
        ["Usage__Access__RequestsPerMinute"] = "100000",
        ["Usage__TimeZone"] = "Europe/Berlin",
        ["Usage__Pulls__AllowedHosts"] = "127.0.0.1",
        ["Usage__Pulls__Tries"] = "1",
    };

    protected override async Task SeedAsync()
    {
        (ReaderKey, EditorKey) = (await MakeKeyAsync("reader"), await MakeKeyAsync("editor"));
        await PutAsync("products/platform", """{"name":"Platform","snapshotPeriod":"monthly"}""");
        foreach (var (id, name) in new[] { ("acme", "Acme"), ("globex", "Globex"), ("initech", "Initech"), ("umbrella", "Umbrella") })
            await PutAsync($"accounts/{id}", $$"""{"name":"{{name}}","crmId":"CUST-{{id}}","domains":["{{id}}.example"]}""");
        await IntegrateAsync("platform-usage", "Platform usage");
        DropperKey = await MakeKeyAsync("dropper", "platform-usage");
        Run = Id(await ImportAsync("platform-usage", "platform-usage-2025.csv", Year()));
        await IntegrateAsync("seats", "Seats");
        Upload = await UploadAsync("rooms.csv", Rooms);
        Undecided = Id(await ImportAsync("seats", "seats-2026-04.csv", "customer_id,period,mau,plan\nCUST-acme,03/04/2026,7,Pro\n"));
    }

    /// <summary>An import of its own, which a test may undo or fix.</summary>
    internal async Task<string> ImportOwnAsync(string integration, string csv)
    {
        await IntegrateAsync(integration, integration);
        return Id(await ImportAsync(integration, $"{integration}.csv", csv));
    }

    /// <returns>The id of a file that the admin has sent.</returns>
    internal async Task<string> UploadAsync(string name, string csv) =>
        Id(await SendAsync(HttpMethod.Post, $"uploads?name={name}", csv, "text/csv"));

    private const string Rooms =
        "customer_id,since,rooms,tier\nCUST-acme,2024-01-15,5,Pro\nCUST-acme,2024-02-15,6,Pro\nCUST-globex,2024-01-15,n/a,Free\n";

    private static string Id(JsonElement run) => run.GetProperty("id").GetString()!;

    private static string Year()
    {
        var rows = new List<string> { "customer_id,period,mau,plan" };
        for (var month = 1; month <= 12; month++)
            foreach (var (customer, at) in new[] { "acme", "globex", "initech", "umbrella", "wayne", "stark" }.Select((id, at) => (id, at)))
            {
                var users = customer == "globex" && month % 4 == 0 ? "unlimited" : $"{(at + 1) * 100 + month * 3}";
                rows.Add(string.Create(CultureInfo.InvariantCulture, $"CUST-{customer},2025-{month:00}-01,{users},Enterprise"));
            }

        rows.Insert(10, "CUST-acme,2025-01-01,1,Pro,wants SSO");
        return string.Join('\n', rows) + "\n";
    }

    private Task<JsonElement> IntegrateAsync(string id, string name) => PutAsync($"integrations/{id}", $$$"""
        {"name":"{{{name}}}","match":[{"by":"crmId","column":"customer_id"}],"allowMultipleRowsPerCustomer":true,
         "products":[{"product":"platform","dateColumn":"period","dimensions":[
           {"column":"mau","dimension":"monthly_active_users","create":{"name":"Monthly active users","dataType":"numeric"}},
           {"column":"plan","dimension":"plan","create":{"name":"Plan","dataType":"text"}}]}]}
        """);

    private Task<JsonElement> PutAsync(string path, string body) => SendAsync(HttpMethod.Put, path, body);

    private async Task<string> MakeKeyAsync(string role, string? integration = null)
    {
        var scope = integration is null ? "" : $",\"integrations\":[\"{integration}\"]";
        var made = await SendAsync(HttpMethod.Post, "keys", $"{{\"name\":\"{role} of a test\",\"role\":\"{role}\"{scope}}}");
        return made.GetProperty("key").GetString()!;
    }
}

[CollectionDefinition(SignedApp.Name)]
public sealed class Signed : ICollectionFixture<SignedApp>;
