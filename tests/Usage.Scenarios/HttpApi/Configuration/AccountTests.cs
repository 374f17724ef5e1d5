using System.Text;
using System.Text.Json;
using Usage.Scenarios.App;
using Usage.Testing.Machine;

namespace Usage.Scenarios.HttpApi.Configuration;

[Collection(SharedApp.Name)]
public sealed class AccountTests(AppFixture app)
{
    private HttpClient Http => app.Api.Http;

    [Fact]
    public async Task Account_is_found_by_each_of_its_texts_as_soon_as_it_is_written()
    {
        var id = app.Unique("found");
        (await PutAsync(id, $$"""{"name":"Found It Ltd","crmId":"CRM-{{id}}","domains":["{{id}}.example"],"aliases":["Alias {{id}}"]}"""))
            .Is(201);
        foreach (var text in new[] { id, $"crm-{id}", $"{id}.EXAMPLE", $"alias {id}" })
            Assert.Equal([id], (await GetAsync($"accounts?search={Uri.EscapeDataString(text)}")).Is(200).Ids);
        (await ApiCall.SendAsync(Http, "DELETE", $"accounts/{id}")).Is(204);
        Assert.Empty((await GetAsync($"accounts?search={id}")).Ids);
    }

    [Fact]
    public async Task Of_two_accounts_only_one_gets_a_crm_id_however_fast_they_are()
    {
        var key = app.Unique("race");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            PutAsync($"{key}-{i}", $$"""{"name":"Racer {{i}}","crmId":"{{key}}","domains":["www.{{key}}.example"]}""")));
        Assert.Single(answers, answer => answer.Status == 201);
        Assert.Equal(7, answers.Count(answer => answer.Status == 409));
        Assert.Single((await GetAsync($"accounts?search=racer&top=100")).Ids, id => id.StartsWith(key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Keys_that_an_account_gives_up_are_free_again()
    {
        var (first, second) = (app.Unique("giver"), app.Unique("taker"));
        (await PutAsync(first, $$"""{"name":"Giver","crmId":"{{first}}"}""")).Is(201);
        Assert.Equal(["already-taken crmId"], (await PutAsync(second, $$"""{"name":"Taker","crmId":"{{first}}"}""")).Is(409).Errors);
        (await PutAsync(first, """{"name":"Giver","crmId":null}""")).Is(200);
        (await PutAsync(second, $$"""{"name":"Taker","crmId":"{{first}}"}""")).Is(201);
    }

    [SlowTheory]
    [InlineData(0)]
    [InlineData(300)]
    public async Task Accounts_of_one_file_can_take_keys_from_each_other(int others)
    {
        var p = app.Unique("swap");
        var rest = string.Concat(Enumerable.Range(0, others).Select(i => $"{p}-{i},Other,,\n"));
        foreach (var (id, key) in new[] { ("a", "x"), ("b", "y"), ("c", "z"), ("d", "v"), ("e", "w") })
            (await PutAsync($"{p}-{id}", $$"""{"name":"{{id}}","crmId":"{{p}}{{key}}","domains":["{{p}}{{key}}.example"]}""")).Is(201);

        // Two swap; d takes what the later e gives up; c can't have what nobody gives up.
        var answer = (await ImportAsync(
            $"account_id,name,crm_id,domains\n{p}-a,a,{p}y,{p}y.example\n{p}-b,b,{p}x,{p}x.example\n{p}-d,d,{p}w,{p}v.example\n"
            + $"{p}-e,e,,\n{p}-c,c,{p}y,\n{rest}")).Is(200).Json;

        Assert.Equal((others, 4), (answer.GetProperty("created").GetInt32(), answer.GetProperty("updated").GetInt32()));
        Assert.Equal(["already-taken 5"],
            answer.GetProperty("rejected").EnumerateArray().Select(r => $"{r.GetProperty("code")} {r.GetProperty("row")}"));
        Assert.Equal(
            [$"a {p}y {p}y.example", $"b {p}x {p}x.example", $"c {p}z {p}z.example", $"d {p}w {p}v.example", "e"],
            await Task.WhenAll(new[] { "a", "b", "c", "d", "e" }.Select(id => TextAsync($"{p}-{id}"))));
        Assert.Equal(["already-taken crmId"], (await PutAsync($"{p}-f", $$"""{"name":"f","crmId":"{{p}}x"}""")).Is(409).Errors);
    }

    [Fact]
    public async Task Import_tells_what_it_made_changed_left_and_refused()
    {
        var p = app.Unique("imported");
        var csv = $"account_id,name,crm_id,domains,aliases\n{p}-a,A,{p}a,{p}a.example;{p}b.example,Alias\n{p}-b,B,{p}b,,\n{p}-c,C,{p}a,,\nx/y,D,,,\n{p}-a,Again,,,\n";
        var first = (await ImportAsync(csv)).Is(200).Json;
        Assert.Equal((2, 0, 0), (
            first.GetProperty("created").GetInt32(), first.GetProperty("updated").GetInt32(), first.GetProperty("unchanged").GetInt32()));
        Assert.Equal(["already-taken 3", "invalid-id 4", "duplicate 5"],
            first.GetProperty("rejected").EnumerateArray().Select(r => $"{r.GetProperty("code")} {r.GetProperty("row")}"));
        var second = (await ImportAsync(csv.Replace(",B,", ",Bee,", StringComparison.Ordinal))).Is(200).Json;
        Assert.Equal(
            (0, 1, 1),
            (second.GetProperty("created").GetInt32(), second.GetProperty("updated").GetInt32(),
                second.GetProperty("unchanged").GetInt32()));
        Assert.Equal($"{p}a.example", (await GetAsync($"accounts/{p}-a")).Json.GetProperty("domains")[0].GetString());
    }

    [SlowFact]
    public async Task Large_import_is_whole_and_changes_nothing_the_second_time()
    {
        var p = app.Unique("large");
        var csv = new StringBuilder("account_id,name,crm_id,domains\n");
        for (var i = 0; i < 2000; i++)
            csv.Append(System.Globalization.CultureInfo.InvariantCulture, $"{p}-{i},Company {i},{p}-{i},{p}x{i}.example\n");
        csv.Append(System.Globalization.CultureInfo.InvariantCulture, $"{p}-late,Late,{p}-7,\n");
        var first = (await ImportAsync(csv.ToString())).Is(200).Json;
        Assert.Equal(2000, first.GetProperty("created").GetInt32());
        Assert.Equal(2001, Assert.Single(first.GetProperty("rejected").EnumerateArray()).GetProperty("row").GetInt32());
        Assert.Equal(2000, (await ImportAsync(csv.ToString())).Is(200).Json.GetProperty("unchanged").GetInt32());
        Assert.Equal([$"{p}-1999"], (await GetAsync($"accounts?search={p}-1999")).Ids);
        (await PutAsync($"{p}-new", $$"""{"name":"New","crmId":"{{p}}-7"}""")).Is(409);
    }

    [Theory]
    [InlineData("")]
    [InlineData("name,")]
    public async Task Import_keeps_what_has_no_column_and_clears_what_is_blank(string name)
    {
        var id = app.Unique("kept");
        (await PutAsync(id, $$"""{"name":"Kept","crmId":"{{id}}","domains":["{{id}}.example"],"aliases":["Alias {{id}}"]}""")).Is(201);
        var (row, header) = ($"{id},{(name == "" ? "" : "Kept,")}", $"account_id,{name}");
        var answer = (await ImportAsync($"{header}industry\n{row}steel\n")).Is(200).Json;
        Assert.Equal(1, answer.GetProperty("unchanged").GetInt32());
        Assert.Equal("unknown-column industry", Assert.Single(Warnings(answer)));
        Assert.Equal($"Kept {id} {id}.example Alias {id}", await TextAsync(id));

        Assert.Equal(1, (await ImportAsync($"{header}crm_id,domains,aliases\n{row},,\n")).Is(200).Json.GetProperty("updated").GetInt32());
        Assert.Equal("Kept", await TextAsync(id));
    }

    [Fact]
    public async Task Import_refuses_a_new_account_without_a_name()
    {
        var id = app.Unique("nameless");
        foreach (var csv in new[] { $"account_id\n{id}\n", $"account_id,name\n{id}, \n" })
        {
            var rejected = Assert.Single((await ImportAsync(csv)).Is(200).Json.GetProperty("rejected").EnumerateArray());
            Assert.Equal(("required", 1), (rejected.GetProperty("code").GetString(), rejected.GetProperty("row").GetInt32()));
        }

        (await GetAsync($"accounts/{id}")).Is(404);
    }

    [Fact]
    public async Task Import_without_its_columns_is_refused_by_name()
    {
        Assert.Equal(["missing-column account_id"], (await ImportAsync("id,crm_id\n1,2\n")).Is(400).Errors);
        Assert.Equal(["empty-body"], (await ImportAsync("")).Is(400).Errors);
    }

    private static IEnumerable<string> Warnings(JsonElement answer) =>
        answer.GetProperty("warnings").EnumerateArray().Select(warning => $"{warning.GetProperty("code")} {warning.GetProperty("path")}");

    /// <summary>Name, CRM id, domains and aliases of an account.</summary>
    private async Task<string> TextAsync(string id)
    {
        var account = (await GetAsync($"accounts/{id}")).Is(200).Json;
        var lists = new[] { "domains", "aliases" }.SelectMany(list => account.GetProperty(list).EnumerateArray());
        return string.Join(' ', new[] { account.GetProperty("name"), account.GetProperty("crmId") }.Concat(lists)
            .Select(text => text.GetString()).OfType<string>());
    }

    private Task<ApiCall> PutAsync(string id, string body) => ApiCall.SendAsync(Http, "PUT", $"accounts/{id}", body);

    private Task<ApiCall> GetAsync(string path) => ApiCall.SendAsync(Http, "GET", path);

    private Task<ApiCall> ImportAsync(string csv) => ApiCall.SendAsync(Http, "POST", "accounts/import", csv, "text/csv");
}
