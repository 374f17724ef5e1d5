using System.Text.RegularExpressions;
using Usage.Scenarios.Access;
using Usage.Scenarios.App;
using Usage.Scenarios.Attacks.Requests;
using Usage.Scenarios.HttpApi;

namespace Usage.Scenarios.Attacks;

/// <summary>
/// An app with the things of two teams, of which a dropper has one. Nothing that is done to it may change what <see cref="StateAsync"/>
/// tells.
/// </summary>
public sealed partial class AttackedApp : LockedApp, IAsyncLifetime
{
    private readonly Dictionary<string, string> _words = [];
    private readonly Dictionary<string, string?> _keys = new() { ["nobody"] = null, ["admin"] = AdminKey };

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>(base.Settings)
    {
        ["Usage__Pulls__AllowedHosts"] = "127.0.0.1",
        ["Usage__Pulls__Tries"] = "1",
        // No second round while others look at what is stored.
        ["Usage__Pulls__RoundMinutes"] = "10000",
        ["Usage__Pulls__MaxRedirects"] = "3",
        ["Usage__Pulls__StallSeconds"] = "2",
        ["Usage__Pulls__ResponseSeconds"] = "3",
        ["Usage__Limits__MaxFileBytes"] = "300000",
        ["Usage__Limits__MaxUnpackedBytes"] = "1000000",
        ["Usage__Limits__MaxColumns"] = "100",
        ["Usage__Limits__MaxCellBytes"] = "10000",
    };

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        foreach (var team in new[] { "own", "theirs" }) await MakeTeamAsync(team);
        foreach (var role in new[] { "reader", "editor" }) _keys[role] = (await MakeKeyAsync(role)).Key;
        (_keys["dropper"], _words["dropper-key-id"]) = await MakeKeyAsync("dropper", "own");
        var revoked = await MakeKeyAsync("admin");
        (await SendAsync(AdminKey, "DELETE", $"keys/{revoked.Id}")).Is(204);
        _words["revoked"] = revoked.Key;
        _words["own-upload"] = (await SendAsync(AdminKey, "POST", "uploads", """{"name":"own.csv","bytes":200000}""")).Is(201)
            .Json.GetProperty("id").GetString()!;
        _words["theirs-upload"] = (await SendAsync(AdminKey, "POST", "uploads?name=x.csv", "secret@person.example\n", "text/csv")).Is(201)
            .Json.GetProperty("id").GetString()!;
        _words["dropper-key"] = _keys["dropper"]!;
    }

    internal Task<ApiCall> SendAsync(Attack attack) => SendAsync(
        _keys[attack.As], attack.Method, Fill(attack.Path), attack.Body is null ? null : Fill(attack.Body), attack.Type,
        [.. attack.Headers.Select(header => (header.Name, Fill(header.Value)))]);

    /// <summary>A text with the ids in it: <c>~own~</c>, <c>~own-run~</c>, <c>~own-test~</c>, and the same of <c>theirs</c>.
    /// <c>~theirs-upload~</c> is an admin's.</summary>
    internal string Fill(string text) =>
        _words.Aggregate(text, (filled, word) => filled.Replace($"~{word.Key}~", word.Value, StringComparison.Ordinal));

    /// <summary>All that is stored and that a caller could want to change.</summary>
    internal async Task<string> StateAsync()
    {
        string[] paths =
        [
            "products", "products/own", "products/theirs", "integrations", "accounts", "segments", "keys", "runs", "test-runs", "unmatched",
            "products/own/snapshots", "products/theirs/snapshots", "integrations/own/versions", "integrations/theirs/versions", "uploads",
        ];
        var answers = await Task.WhenAll(paths.Select(path => SendAsync(AdminKey, "GET", path + "?top=1000")));
        return LastUse().Replace(string.Join('\n', answers.Select(answer => $"{answer}")), "");
    }

    private async Task MakeTeamAsync(string team)
    {
        _words[team] = team;
        await PutAsync($"products/{team}", """{"name":"P","snapshotPeriod":"monthly"}""");
        await PutAsync($"products/{team}/dimensions/mau", """{"name":"MAU","dataType":"numeric"}""");
        await PutAsync($"products/{team}/dimensions/plan", """{"name":"Plan","dataType":"text"}""");
        await PutAsync($"accounts/{team}", $$"""{"name":"=HYPERLINK(\"http://x\")","crmId":"{{team}}","domains":["{{team}}.example"]}""");
        await PutAsync($"integrations/{team}", $$"""
            {"name":"I","match":[{"by":"crmId","column":"id"}],"products":[{"product":"{{team}}","dimensions":
             [{"column":"mau","dimension":"mau"},{"column":"plan","dimension":"plan"}]}]}
            """);
        var csv = $"id,mau,plan\n{team},5,＝cmd|' /C calc'!A0\nsecret-{team}@person.example,6,x\n";
        _words[$"{team}-run"] = await EndOfAsync($"integrations/{team}/files?name=x.csv", csv, "runs");
        _words[$"{team}-test"] = await EndOfAsync($"test-runs?integration={team}", csv, "test-runs");
    }

    private async Task PutAsync(string path, string body) => (await SendAsync(AdminKey, "PUT", path, body)).Is(201);

    internal async Task<string> EndOfAsync(string path, string csv, string kind)
    {
        var id = (await SendAsync(AdminKey, "POST", path, csv, "text/csv")).Is(202).Json.GetProperty("runId").GetString()!;
        await Api.UntilAsync(
            async () => (await SendAsync(AdminKey, "GET", $"{kind}/{id}")).Is(200).Json,
            run => run.GetProperty("status").GetString() is not ("queued" or "running"));
        return id;
    }

    [GeneratedRegex("\"lastUsedAt\": *(null|\"[^\"]*\")")]
    private static partial Regex LastUse();
}

[CollectionDefinition(Name)]
public sealed class Attacked : ICollectionFixture<AttackedApp>
{
    public const string Name = "attacked app";
}
