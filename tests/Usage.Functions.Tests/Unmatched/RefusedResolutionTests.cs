using System.Text;
using Usage.Functions.Tests.Http;
using Usage.Functions.Tests.Imports;

namespace Usage.Functions.Tests.Unmatched;

/// <summary>What nobody can say of an identifier.</summary>
public sealed class RefusedResolutionTests(ImportHost host)
{
    private readonly ApiCaller _api = new(host.Get<IServiceProvider>(), host.Client);

    [Fact]
    public async Task What_contradicts_the_accounts_is_refused_and_nothing_is_written()
    {
        var name = await SetUpAsync();
        var other = $""" "account":"{name}-b" """;
        Assert.Equal(["key-of-another-account key"], (await ResolveAsync(name, $"{name}-CRM", other)).Is(409).Errors);
        Assert.Equal(["key-of-another-account key"], (await ResolveAsync(name, $"{name}-A", other, "accountId")).Is(409).Errors);
        Assert.Equal(["key-of-another-account key"], (await ResolveAsync(name, $"www.{name}.example", other, "domain")).Is(409).Errors);
        Assert.Equal(["already-taken create.crmId", "already-taken create.domains[0]", "already-taken create.id"],
            (await ResolveAsync(
                name, "X", $$""" "create":{"id":"{{name}}-b","name":"B","crmId":"{{name}}-crm","domains":["{{name}}.example"]} """))
            .Is(409).Errors);
        (await ResolveAsync(name, "X", """ "account":"nobody-at-all" """)).Is(404);
        (await ResolveAsync("no-such-integration", "X", other)).Is(404);
        Assert.Empty((await _api.GetAsync($"unmatched/resolutions?integration={name}")).Json.GetProperty("items").EnumerateArray());
        // Names and aliases are nobody's own; neither is what lies below a domain.
        (await ResolveAsync(name, $"Acme {name}", other, "name")).Is(202);
        (await ResolveAsync(name, $"eu.{name}.example", other, "domain")).Is(202);
    }

    [Theory]
    [InlineData(""" "account":"a","ignore":{"reason":"x"} """, "invalid")]
    [InlineData(""" "account":null """, "invalid")]
    [InlineData(""" "ignore":{"reason":" "} """, "required ignore.reason")]
    [InlineData(""" "ignore":{"reason":"x","until":"2020-01-01"} """, "out-of-range ignore.until")]
    [InlineData(""" "ignore":{"because":"x"} """, "missing-member ignore.reason", "unknown-member ignore.because")]
    [InlineData(""" "create":{"id":"a/b","name":"","domains":["gmail.com"]} """,
        "free-mail-domain create.domains[0]", "invalid-value create.id", "required create.name")]
    [InlineData(""" "alias":"x" """, "invalid", "unknown-member alias")]
    public async Task What_is_wrong_in_itself_is_told_at_once(string what, params string[] errors) =>
        Assert.Equal(errors, (await ResolveAsync("anything", "X", what)).Is(400).Errors);

    [Fact]
    public async Task Keys_have_a_length() =>
        Assert.Equal(["too-long key"], (await ResolveAsync("anything", new string('x', 1_025), """ "account":"a" """)).Is(400).Errors);

    private async Task<string> SetUpAsync()
    {
        var name = (await host.AddIntegrationAsync()).Id.Value;
        (await _api.PutAsync($"accounts/{name}-a", $$"""{"name":"Acme {{name}}","crmId":"{{name}}-crm","domains":["{{name}}.example"]}"""))
            .Is(201);
        (await _api.PutAsync($"accounts/{name}-b", """{"name":"Other"}""")).Is(201);
        return name;
    }

    private Task<ApiAnswer> ResolveAsync(string integration, string key, string what, string by = "crmId") => _api.SendAsync(
        "POST", "unmatched/resolve",
        Encoding.UTF8.GetBytes($$"""{"integration":"{{integration}}","by":"{{by}}","key":"{{key}}",{{what}}}"""));
}
