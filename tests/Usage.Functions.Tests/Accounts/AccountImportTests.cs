using System.Text;
using Usage.Functions.Tests.Http;
using Usage.Testing.Machine;

namespace Usage.Functions.Tests.Accounts;

/// <summary>Accounts from a file: what it says is written, what it doesn't speak of stays.</summary>
[Collection(ApiTestGroup.Name)]
public sealed class AccountImportTests(ApiHost api)
{
    [SlowTheory]
    [InlineData(0)]
    [InlineData(300)]
    public async Task Accounts_of_one_file_can_take_keys_from_each_other(int others)
    {
        var p = api.Unique("swap");
        var rest = string.Concat(Enumerable.Range(0, others).Select(i => $"{p}-{i},Other,,\n"));
        foreach (var (id, key) in new[] { ("a", "x"), ("b", "y"), ("c", "z"), ("d", "v"), ("e", "w") })
            (await PutAsync($"{p}-{id}", $$"""{"name":"{{id}}","crmId":"{{p}}{{key}}","domains":["{{p}}{{key}}.example"]}""")).Is(201);

        // Two swap; d takes what the later e gives up; c can't have what nobody gives up.
        var sent = (await ImportAsync(
            $"account_id,name,crm_id,domains\n{p}-a,a,{p}y,{p}y.example\n{p}-b,b,{p}x,{p}x.example\n{p}-d,d,{p}w,{p}v.example\n"
            + $"{p}-e,e,,\n{p}-c,c,{p}y,\n{rest}")).Is(200);

        Assert.Equal((others, 4, 0), Counts(sent));
        Assert.Equal(["already-taken 5"], Rejected(sent));
        Assert.Equal(
            [$"a {p}y {p}y.example", $"b {p}x {p}x.example", $"c {p}z {p}z.example", $"d {p}w {p}v.example", "e"],
            await Task.WhenAll(new[] { "a", "b", "c", "d", "e" }.Select(id => TextAsync($"{p}-{id}"))));
        Assert.Equal(["already-taken crmId"], (await PutAsync($"{p}-f", $$"""{"name":"f","crmId":"{{p}}x"}""")).Is(409).Errors);
    }

    [Fact]
    public async Task Import_tells_what_it_made_changed_left_and_refused()
    {
        var p = api.Unique("imported");
        var csv = $"account_id,name,crm_id,domains,aliases\n{p}-a,A,{p}a,{p}a.example;{p}b.example,Alias\n"
            + $"{p}-b,B,{p}b,,\n{p}-c,C,{p}a,,\nx/y,D,,,\n{p}-a,Again,,,\n";
        var first = (await ImportAsync(csv)).Is(200);
        Assert.Equal((2, 0, 0), Counts(first));
        Assert.Equal(["already-taken 3", "invalid-id 4", "duplicate 5"], Rejected(first));
        Assert.Equal((0, 1, 1), Counts((await ImportAsync(csv.Replace(",B,", ",Bee,", StringComparison.Ordinal))).Is(200)));
        Assert.Equal($"{p}a.example", (await api.GetAsync($"accounts/{p}-a")).Json.GetProperty("domains")[0].GetString());
    }

    [SlowFact]
    public async Task Large_import_is_whole_and_changes_nothing_the_second_time()
    {
        var p = api.Unique("large");
        var csv = new StringBuilder("account_id,name,crm_id,domains\n");
        for (var i = 0; i < 2000; i++)
            csv.Append(System.Globalization.CultureInfo.InvariantCulture, $"{p}-{i},Company {i},{p}-{i},{p}x{i}.example\n");
        csv.Append(System.Globalization.CultureInfo.InvariantCulture, $"{p}-late,Late,{p}-7,\n");
        var first = (await ImportAsync(csv.ToString())).Is(200);
        Assert.Equal((2000, 0, 0), Counts(first));
        Assert.Equal(["already-taken 2001"], Rejected(first));
        Assert.Equal((0, 0, 2000), Counts((await ImportAsync(csv.ToString())).Is(200)));
        Assert.Equal([$"{p}-1999"], (await api.GetAsync($"accounts?search={p}-1999")).Ids);
        (await PutAsync($"{p}-new", $$"""{"name":"New","crmId":"{{p}}-7"}""")).Is(409);
    }

    [Theory]
    [InlineData("")]
    [InlineData("name,")]
    public async Task Import_keeps_what_has_no_column_and_clears_what_is_blank(string name)
    {
        var id = api.Unique("kept");
        (await PutAsync(id, $$"""{"name":"Kept","crmId":"{{id}}","domains":["{{id}}.example"],"aliases":["Alias {{id}}"]}""")).Is(201);
        var (row, header) = ($"{id},{(name == "" ? "" : "Kept,")}", $"account_id,{name}");
        var sent = (await ImportAsync($"{header}industry\n{row}steel\n")).Is(200);
        Assert.Equal((0, 0, 1), Counts(sent));
        Assert.Equal(["unknown-column industry"], sent.Warnings);
        Assert.Equal($"Kept {id} {id}.example Alias {id}", await TextAsync(id));

        Assert.Equal((0, 1, 0), Counts((await ImportAsync($"{header}crm_id,domains,aliases\n{row},,\n")).Is(200)));
        Assert.Equal("Kept", await TextAsync(id));
    }

    [Theory]
    [InlineData("account_id\nID\n")]
    [InlineData("account_id,crm_id\nID,1\n")]
    [InlineData("account_id,name\nID, \n")]
    public async Task New_account_needs_a_name(string csv)
    {
        var id = api.Unique("nameless");
        Assert.Equal(["required 1"], Rejected((await ImportAsync(csv.Replace("ID", id, StringComparison.Ordinal))).Is(200)));
        (await api.GetAsync($"accounts/{id}")).Is(404);
    }

    [Fact]
    public async Task Blank_name_refuses_its_row_and_changes_nothing_of_it()
    {
        var id = api.Unique("blank");
        (await PutAsync(id, $$"""{"name":"Blank","crmId":"{{id}}"}""")).Is(201);
        Assert.Equal(["required 1"], Rejected((await ImportAsync($"account_id,name,crm_id\n{id},,other\n")).Is(200)));
        Assert.Equal($"Blank {id}", await TextAsync(id));
    }

    [Fact]
    public async Task Ids_that_no_address_can_name_are_refused()
    {
        var answer = (await ImportAsync("account_id,name\n.,Dot\n..,Dots\n...,Three\n")).Is(200);
        Assert.Equal(["invalid-id 1", "invalid-id 2"], Rejected(answer));
        Assert.Equal(
            "row 2, column \"account_id\": found \"..\", expected 1 to 128 characters, none of / \\ # ? nor control characters, "
                + "and neither . nor ..",
            answer.Json.GetProperty("rejected")[1].GetProperty("message").GetString());
    }

    [Fact]
    public async Task Bytes_that_are_no_utf_8_are_refused_and_not_guessed()
    {
        var id = api.Unique("bytes");
        var file = Encoding.Latin1.GetBytes($"account_id,name\n{id},Aachen\nm,M\u00fcller\n");
        var refused = (await api.SendAsync("POST", "accounts/import", file)).Is(400).Json;
        Assert.Equal("line 3: found bytes that are not UTF-8, expected UTF-8; save the file as \"CSV UTF-8\"",
            refused.GetProperty("errors")[0].GetProperty("message").GetString());
        (await api.GetAsync($"accounts/{id}")).Is(404);
    }

    [Fact]
    public async Task Import_without_its_columns_is_refused_by_name()
    {
        Assert.Equal(["missing-column account_id"], (await ImportAsync("id,crm_id\n1,2\n")).Is(400).Errors);
        Assert.Equal(["empty-body"], (await ImportAsync("")).Is(400).Errors);
    }

    private static (int Created, int Updated, int Unchanged) Counts(ApiAnswer answer) => (
        answer.Json.GetProperty("created").GetInt32(), answer.Json.GetProperty("updated").GetInt32(),
        answer.Json.GetProperty("unchanged").GetInt32());

    private static IEnumerable<string> Rejected(ApiAnswer answer) =>
        answer.Json.GetProperty("rejected").EnumerateArray().Select(row => $"{row.GetProperty("code")} {row.GetProperty("row")}");

    /// <summary>Name, CRM id, domains and aliases of an account.</summary>
    private async Task<string> TextAsync(string id)
    {
        var account = (await api.GetAsync($"accounts/{id}")).Is(200).Json;
        var lists = new[] { "domains", "aliases" }.SelectMany(list => account.GetProperty(list).EnumerateArray());
        return string.Join(' ', new[] { account.GetProperty("name"), account.GetProperty("crmId") }.Concat(lists)
            .Select(text => text.GetString()).OfType<string>());
    }

    private Task<ApiAnswer> PutAsync(string id, string body) => api.PutAsync($"accounts/{id}", body);

    private Task<ApiAnswer> ImportAsync(string csv) => api.SendAsync("POST", "accounts/import", Encoding.UTF8.GetBytes(csv));
}
