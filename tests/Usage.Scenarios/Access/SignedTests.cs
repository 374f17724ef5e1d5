using System.Text.Json;
using Usage.Scenarios.App;
using Usage.Scenarios.HttpApi;

namespace Usage.Scenarios.Access;

/// <summary>What is stored tells who wrote it last, and when; neither is a change.</summary>
[Collection(LockedApp.Name)]
public sealed class SignedTests(LockedApp app)
{
    private const string Editor = "editor of a test";

    public static TheoryData<string, string> Kinds => new()
    {
        { "products/{0}", """{"name":"NAME","snapshotPeriod":"monthly"}""" },
        { "integrations/{0}", Mapping("PRODUCT", "NAME") },
        { "accounts/{0}", """{"name":"NAME"}""" },
        { "segments/{0}", """{"name":"NAME","all":[{"product":"PRODUCT","dimension":"mau","op":"exists"}]}""" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Who_wrote_it_last_and_when_is_told_and_can_be_sent_back(string template, string body)
    {
        var product = await ProductAsync();
        var path = string.Format(System.Globalization.CultureInfo.InvariantCulture, template, app.Unique("signed"));
        var began = DateTimeOffset.UtcNow.AddSeconds(-1);
        var editor = (await app.MakeKeyAsync("editor")).Key;

        var made = (await PutAsync(LockedApp.AdminKey, Body("One"))).Is(201);
        Assert.Equal("admin key", made.Json.GetProperty("by").GetString());
        var changed = (await PutAsync(editor, Body("Two"))).Is(200);
        Assert.Equal(Editor, changed.Json.GetProperty("by").GetString());
        Assert.InRange(changed.Json.GetProperty("at").GetDateTimeOffset(), began, DateTimeOffset.UtcNow.AddSeconds(1));
        Assert.NotEqual(made.Json.GetProperty("at").GetString(), changed.Json.GetProperty("at").GetString());

        var read = (await app.SendAsync(editor, "GET", path)).Is(200);
        var again = (await PutAsync(LockedApp.AdminKey, read.Text)).Is(200);
        Assert.Equal((read.Tag, Signature(read.Json)), (again.Tag, Signature(again.Json)));
        Assert.Equal(read.Text, (await app.SendAsync(editor, "GET", path)).Text);
        var listed = (await app.SendAsync(editor, "GET", $"{path.Split('/')[0]}?top=1000")).Is(200).Json.GetProperty("items");
        var id = path.Split('/')[^1];
        Assert.Equal(Signature(read.Json), Signature(listed.EnumerateArray().Single(one => one.GetProperty("id").GetString() == id)));
        // No account is deleted while any import may be writing, and others import meanwhile.
        var deleted = await app.SendAsync(editor, "DELETE", path);
        while (deleted.Status == 409) deleted = await app.SendAsync(editor, "DELETE", path);
        deleted.Is(204);

        string Body(string name) =>
            body.Replace("NAME", name, StringComparison.Ordinal).Replace("PRODUCT", product, StringComparison.Ordinal);

        Task<ApiCall> PutAsync(string key, string sent) => app.SendAsync(key, "PUT", path, sent);
    }

    [Fact]
    public async Task A_dimension_signs_its_product_which_is_sent_back_with_its_dimensions_only()
    {
        var product = await ProductAsync();
        var editor = (await app.MakeKeyAsync("editor")).Key;
        (await app.SendAsync(editor, "PUT", $"products/{product}/dimensions/dau", """{"name":"DAU","dataType":"numeric"}""")).Is(201);

        var read = (await app.SendAsync(editor, "GET", $"products/{product}")).Is(200);
        Assert.Equal(Editor, read.Json.GetProperty("by").GetString());
        var renamed = read.Text.Replace("\"DAU\"", "\"Daily\"", StringComparison.Ordinal);
        Assert.Equal(["dimensions-apart dimensions"], (await app.SendAsync(editor, "PUT", $"products/{product}", renamed)).Is(409).Errors);
    }

    [Fact]
    public async Task Versions_and_imported_accounts_are_signed()
    {
        var (product, editor) = (await ProductAsync(), (await app.MakeKeyAsync("editor")).Key);
        var path = $"integrations/{product}";
        await app.SendAsync(LockedApp.AdminKey, "PUT", path, Mapping(product, "One"));
        await app.SendAsync(editor, "PUT", path, Mapping(product, "Two"));
        var versions = (await app.SendAsync(editor, "GET", $"{path}/versions")).Is(200).Json.GetProperty("items").EnumerateArray();
        Assert.Equal([Editor, "admin key"], versions.Select(version => version.GetProperty("by").GetString()));

        await app.SendAsync(editor, "POST", "accounts/import", $"account_id,name\n{product},Imported\n", "text/csv");
        Assert.Equal(Editor, (await app.SendAsync(editor, "GET", $"accounts/{product}")).Is(200).Json.GetProperty("by").GetString());
    }

    [Fact]
    public async Task Runs_tell_whose_they_are()
    {
        var product = await ProductAsync();
        (await app.SendAsync(LockedApp.AdminKey, "PUT", $"integrations/{product}", Mapping(product, "I"))).Is(201);
        var dropper = (await app.MakeKeyAsync("dropper", product)).Key;
        var csv = "id,mau\nnobody,1\n";

        foreach (var (path, runs) in new[]
            { ($"integrations/{product}/files?name=a.csv", "runs"), ($"test-runs?integration={product}", "test-runs") })
        {
            var sent = (await app.SendAsync(dropper, "POST", path, csv, "text/csv")).Is(202).Json.GetProperty("runId").GetString();
            Assert.Equal("dropper of a test", (await EndAsync($"{runs}/{sent}")).GetProperty("by").GetString());
        }

        await app.DropAsync($"{product}/b.csv", csv);
        var dropped = await Api.UntilAsync(
            async () => (await app.SendAsync(LockedApp.AdminKey, "GET", $"runs?integration={product}")).Is(200).Json.GetProperty("items")
                .EnumerateArray().FirstOrDefault(run => run.GetProperty("blob").GetString()!.EndsWith("/b.csv", StringComparison.Ordinal)),
            run => run.ValueKind == JsonValueKind.Object);
        Assert.Equal("drop", dropped.GetProperty("by").GetString());
    }

    private Task<JsonElement> EndAsync(string path) => Api.UntilAsync(
        async () => (await app.SendAsync(LockedApp.AdminKey, "GET", path)).Is(200).Json,
        run => run.GetProperty("status").GetString() is not ("queued" or "running"));

    private async Task<string> ProductAsync()
    {
        var product = app.Unique("of");
        (await app.SendAsync(LockedApp.AdminKey, "PUT", $"products/{product}", """{"name":"P","snapshotPeriod":"monthly"}""")).Is(201);
        (await app.SendAsync(
            LockedApp.AdminKey, "PUT", $"products/{product}/dimensions/mau", """{"name":"MAU","dataType":"numeric"}""")).Is(201);
        return product;
    }

    private static string Mapping(string product, string name) => $$"""
        {"name":"{{name}}","match":[{"by":"crmId","column":"id"}],
        "products":[{"product":"{{product}}","dimensions":[{"column":"mau","dimension":"mau"}]}]}
        """;

    private static string Signature(JsonElement one) => $"{one.GetProperty("by")} {one.GetProperty("at")}";
}
