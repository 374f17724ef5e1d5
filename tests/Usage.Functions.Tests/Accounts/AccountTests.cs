using System.Text;
using Usage.Functions.Tests.Http;

namespace Usage.Functions.Tests.Accounts;

[Collection(ApiTestGroup.Name)]
public sealed class AccountTests(ApiHost api)
{
    [Fact]
    public async Task Account_is_found_by_each_of_its_texts_as_soon_as_it_is_written()
    {
        var id = api.Unique("found");
        (await PutAsync(id, $$"""{"name":"Found It Ltd","crmId":"CRM-{{id}}","domains":["{{id}}.example"],"aliases":["Alias {{id}}"]}"""))
            .Is(201);
        foreach (var text in new[] { id, $"crm-{id}", $"{id}.EXAMPLE", $"alias {id}" })
            Assert.Equal([id], (await api.GetAsync($"accounts?search={Uri.EscapeDataString(text)}")).Is(200).Ids);
        (await api.DeleteAsync($"accounts/{id}")).Is(204);
        Assert.Empty((await api.GetAsync($"accounts?search={id}")).Ids);
    }

    [Fact]
    public async Task Of_two_accounts_only_one_gets_a_crm_id_however_fast_they_are()
    {
        var key = api.Unique("race");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            PutAsync($"{key}-{i}", $$"""{"name":"Racer {{i}}","crmId":"{{key}}","domains":["www.{{key}}.example"]}""")));
        Assert.Single(answers, answer => answer.Status == 201);
        Assert.Equal(7, answers.Count(answer => answer.Status == 409));
        Assert.Single((await api.GetAsync($"accounts?search=racer&top=100")).Ids, id => id.StartsWith(key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Keys_that_an_account_gives_up_are_free_again()
    {
        var (first, second) = (api.Unique("giver"), api.Unique("taker"));
        (await PutAsync(first, $$"""{"name":"Giver","crmId":"{{first}}"}""")).Is(201);
        Assert.Equal(["already-taken crmId"], (await PutAsync(second, $$"""{"name":"Taker","crmId":"{{first}}"}""")).Is(409).Errors);
        (await PutAsync(first, """{"name":"Giver","crmId":null}""")).Is(200);
        (await PutAsync(second, $$"""{"name":"Taker","crmId":"{{first}}"}""")).Is(201);
    }

    [Theory]
    [InlineData("""{}""", "Name CRM domain Alias")]
    [InlineData("""{"name":" Other "}""", "Other CRM domain Alias")]
    [InlineData("""{"crmId":null}""", "Name domain Alias")]
    [InlineData("""{"domains":[]}""", "Name CRM Alias")]
    [InlineData("""{"aliases":null}""", "Name CRM domain")]
    [InlineData("""{"aliases":["One","Two"],"domains":null}""", "Name CRM One Two")]
    public async Task Patch_changes_what_it_names(string patch, string left)
    {
        var id = api.Unique("patched");
        (await PutAsync(id, $$"""{"name":"Name","crmId":"CRM-{{id}}","domains":["{{id}}.example"],"aliases":["Alias"]}""")).Is(201);
        var account = (await PatchAsync(id, patch)).Is(200).Json;
        var lists = new[] { "domains", "aliases" }.SelectMany(list => account.GetProperty(list).EnumerateArray());
        var found = new[] { account.GetProperty("name"), account.GetProperty("crmId") }.Concat(lists)
            .Select(text => text.GetString()).OfType<string>();
        Assert.Equal(
            left, string.Join(' ', found).Replace($"CRM-{id}", "CRM", StringComparison.Ordinal)
                .Replace($"{id}.example", "domain", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Patch_goes_by_the_rules_of_a_put()
    {
        var id = api.Unique("ruled");
        (await PatchAsync(id, """{"name":"X"}""")).Is(404);
        var first = (await PutAsync(id, $$"""{"name":"A","crmId":"{{id}}"}""")).Is(201).Tag;
        var second = (await PatchAsync(id, """{"aliases":["Alias"],"id":"ignored"}""", ("If-Match", first))).Is(200).Tag;
        (await PatchAsync(id, """{"name":"B"}""", ("If-Match", first))).Is(412);
        Assert.Equal(
            ["unknown-member nmae", "wrong-type domains"], (await PatchAsync(id, """{"nmae":"B","domains":"x"}""")).Is(400).Errors);
        Assert.Equal(["free-mail-domain domains[0]", "required name"],
            (await PatchAsync(id, """{"name":null,"domains":["gmail.com"]}""")).Is(400).Errors);
        (await PutAsync($"{id}-2", """{"name":"C","crmId":null}""")).Is(201);
        Assert.Equal(["already-taken crmId"], (await PatchAsync($"{id}-2", $$"""{"crmId":"{{id}}"}""")).Is(409).Errors);
        Assert.Equal(second, (await api.GetAsync($"accounts/{id}")).Tag);
    }

    private Task<ApiAnswer> PutAsync(string id, string body) => api.PutAsync($"accounts/{id}", body);

    private Task<ApiAnswer> PatchAsync(string id, string body, params (string Name, string Value)[] headers) =>
        api.SendAsync("PATCH", $"accounts/{id}", Encoding.UTF8.GetBytes(body), headers);
}
