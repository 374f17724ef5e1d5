using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Usage.Scenarios.Access;
using Usage.Scenarios.HttpApi;

namespace Usage.Scenarios.Uploads;

/// <summary>A file that is sent first, looked at, tried out and dropped afterwards; and whose it is meanwhile.</summary>
[Collection(LockedApp.Name)]
public sealed class UploadTests(LockedApp app)
{
    private const string Missing = "20260101T000000-0123456789ab";

    [Fact]
    public async Task File_goes_from_upload_by_suggestion_and_test_run_to_import()
    {
        var name = app.Unique("sent");
        var editor = (await app.MakeKeyAsync("editor")).Key;
        await app.SendAsync(editor, "PUT", $"accounts/{name}", $$"""{"name":"A","crmId":"{{name}}"}""");
        var csv = $"customer_id,seats\n{name},5\n";

        var sent = (await SendAsync(editor, "POST", $"uploads?name=2026/{name}.csv", csv, "text/csv")).Is(201);
        var id = Id(sent);
        Assert.Equal($"/api/uploads/{id}", sent.Headers.Location!.ToString());
        Assert.Equal(
            ($"2026/{name}.csv", (long)csv.Length, Hash(csv), true),
            (Text(sent, "name"), sent.Json.GetProperty("bytes").GetInt64(), Text(sent, "sha256"),
                sent.Json.GetProperty("committed").GetBoolean()));
        Assert.Equal(TimeSpan.FromDays(7), Time(sent, "expiresAt") - Time(sent, "at"));

        var lines = (await SendAsync(editor, "GET", $"uploads/{id}/lines?from=2&count=1")).Is(200).Json.GetProperty("lines")[0];
        Assert.Equal((2, $"{name},5"), (lines.GetProperty("number").GetInt32(), lines.GetProperty("text").GetString()));
        var reference = $$"""{"upload":"{{id}}"}""";
        var proposal = (await SendAsync(editor, "POST", "integrations/suggest", reference)).Is(200).Json;
        Assert.Equal("seats", Text(proposal.GetProperty("columns")[1], "name"));
        var tried = await EndAsync("test-runs", (await SendAsync(editor, "POST", "test-runs", $$"""
            {"integration":{{proposal.GetProperty("integration")}},"products":{{proposal.GetProperty("products")}},"upload":"{{id}}"}
            """)).Is(202));
        Assert.Equal("succeeded", tried.GetProperty("status").GetString());
        Assert.Equal(Hash(csv), tried.GetProperty("sha256").GetString());

        await SetUpAsync(name);
        var files = $"integrations/{name}/files?date=2026-10-31";
        var run = await EndAsync("runs", (await SendAsync(editor, "POST", files, reference)).Is(202));
        Assert.Equal(
            ("succeeded", $"{name}/2026/{name}.csv", "editor of a test", Hash(csv)),
            (run.GetProperty("status").GetString(), run.GetProperty("blob").GetString(), run.GetProperty("by").GetString(),
                run.GetProperty("sha256").GetString()));
        Assert.Equal("2026-10-01", run.GetProperty("dates")[0].GetProperty("date").GetString());
        Assert.Equal(run.GetProperty("id").GetString(), Text((await SendAsync(editor, "GET", $"uploads/{id}")).Is(200), "run"));

        // The same bytes again are a duplicate, and not when forced; both under another name.
        var again = await EndAsync("runs", (await SendAsync(editor, "POST", $"{files}&name=b.csv", reference)).Is(202));
        Assert.Equal("duplicate", again.GetProperty("status").GetString());
        var forced = await EndAsync("runs", (await SendAsync(editor, "POST", $"{files}&name=b.csv&force=true", reference)).Is(202));
        Assert.Equal("succeeded", forced.GetProperty("status").GetString());

        (await SendAsync(editor, "DELETE", $"uploads/{id}")).Is(204);
        (await SendAsync(editor, "GET", $"uploads/{id}")).Is(404);
        (await SendAsync(editor, "POST", $"integrations/{name}/files", reference)).Is(404);
        Assert.Equal(csv, (await SendAsync(editor, "GET", $"runs/{Text(forced, "id")}/file")).Is(200).Text);
    }

    [Fact]
    public async Task Upload_is_its_senders_alone_whoever_else_asks()
    {
        var (owner, other) = ((await app.MakeKeyAsync("editor")).Key, (await app.MakeKeyAsync("editor")).Key);
        var id = Id((await SendAsync(owner, "POST", "uploads?name=x.csv", "a\n", "text/csv")).Is(201));
        foreach (var caller in new[] { other, LockedApp.AdminKey })
        {
            (await SendAsync(caller, "GET", $"uploads/{id}")).Is(404);
            (await SendAsync(caller, "GET", $"uploads/{id}/lines")).Is(404);
            (await SendAsync(caller, "PUT", $"uploads/{id}/draft", "{}")).Is(404);
            (await SendAsync(caller, "PUT", $"uploads/{id}/blocks/1", "a", "application/octet-stream")).Is(404);
            (await SendAsync(caller, "POST", $"uploads/{id}/commit")).Is(404);
            (await SendAsync(caller, "DELETE", $"uploads/{id}")).Is(404);
            (await SendAsync(caller, "POST", "integrations/suggest", $$"""{"upload":"{{id}}"}""")).Is(404);
            Assert.DoesNotContain(id, (await SendAsync(caller, "GET", "uploads")).Is(200).Text, StringComparison.Ordinal);
        }

        Assert.Equal([id], (await SendAsync(owner, "GET", "uploads")).Is(200).Ids);
        var lines = (await SendAsync(owner, "GET", $"uploads/{id}/lines")).Is(200).Json.GetProperty("lines");
        Assert.Equal("a", Text(lines[0], "text"));
    }

    [Fact]
    public async Task Draft_is_kept_word_for_word_and_two_who_save_at_once_see_each_other()
    {
        var editor = (await app.MakeKeyAsync("editor")).Key;
        var id = Id((await SendAsync(editor, "POST", "uploads?name=x.csv", "a\n", "text/csv")).Is(201));
        const string Draft = """{"step":2,"mapping":{"mau":1.50,"n":null},"l":["ü",false]}""";
        var saved = (await SendAsync(editor, "PUT", $"uploads/{id}/draft", Draft)).Is(200);
        Assert.Contains($"\"draft\":{Draft}", (await SendAsync(editor, "GET", "uploads")).Is(200).Text, StringComparison.Ordinal);
        Assert.Equal(saved.Tag, (await SendAsync(editor, "GET", $"uploads/{id}")).Is(200).Tag);

        (await app.SendAsync(editor, "PUT", $"uploads/{id}/draft", "[1]", "application/json", ("If-Match", saved.Tag))).Is(200);
        (await app.SendAsync(editor, "PUT", $"uploads/{id}/draft", "[2]", "application/json", ("If-Match", saved.Tag))).Is(412);
        Assert.Equal("[1]", (await SendAsync(editor, "GET", $"uploads/{id}")).Json.GetProperty("draft").GetRawText());
        (await SendAsync(editor, "PUT", $"uploads/{id}/draft", $"\"{new string('x', 256 << 10)}\"")).Is(413);
        (await SendAsync(editor, "PUT", $"uploads/{id}/draft", $"\"{new string('x', (256 << 10) - 2)}\"")).Is(200);
        // Three bytes each as they come, and six characters each as they are stored.
        (await SendAsync(editor, "PUT", $"uploads/{id}/draft", $"\"{new string('\uE000', 80_000)}\"")).Is(413);
        (await SendAsync(editor, "PUT", $"uploads/{id}/draft", "{")).Is(400);
        (await SendAsync(editor, "PUT", $"uploads/{id}/draft", "null")).Is(400);
        (await SendAsync(editor, "DELETE", $"uploads/{id}")).Is(204);
        var audit = (await SendAsync(LockedApp.AdminKey, "GET", $"audit?resource=uploads/{id}")).Is(200).Text;
        Assert.Contains("PutUploadDraft", audit, StringComparison.Ordinal);
        Assert.DoesNotContain("mapping", audit, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dropper_sends_an_upload_and_drops_it_and_reads_no_file_that_is_there()
    {
        var (own, other) = (app.Unique("own"), app.Unique("theirs"));
        await SetUpAsync(own);
        var dropper = (await app.MakeKeyAsync("dropper", own)).Key;
        var id = Id((await SendAsync(dropper, "POST", "uploads?name=x.csv", $"customer_id,seats\n{own},5\n", "text/csv")).Is(201));
        var reference = $$"""{"upload":"{{id}}"}""";
        var run = await EndAsync("runs", (await SendAsync(dropper, "POST", $"integrations/{own}/files", reference)).Is(202));
        Assert.Equal(($"{own}/x.csv", "dropper of a test"), (Text(run, "blob"), Text(run, "by")));
        (await SendAsync(dropper, "POST", $"integrations/{other}/files", reference)).Is(403);
        (await SendAsync(dropper, "POST", "uploads", $$"""{"blob":"{{own}}/x.csv"}""")).Is(403);
        (await SendAsync(dropper, "GET", $"uploads/{id}/lines")).Is(200);
        (await SendAsync((await app.MakeKeyAsync("reader")).Key, "GET", $"uploads/{id}/lines")).Is(403);
    }

    [Fact]
    public async Task Copy_of_a_dropped_file_is_an_upload()
    {
        var name = app.Unique("copied");
        await app.DropAsync($"{name}/2026/x.csv", "a,b\n1,2\n", new Dictionary<string, string> { ["force"] = "true" });
        var editor = (await app.MakeKeyAsync("editor")).Key;
        var copy = (await SendAsync(editor, "POST", "uploads", $$"""{"blob":"{{name}}/2026/x.csv"}""")).Is(201);
        Assert.Equal(("2026/x.csv", Hash("a,b\n1,2\n")), (Text(copy, "name"), Text(copy, "sha256")));
        (await SendAsync(editor, "POST", "uploads", $$"""{"blob":"{{name}}/none.csv"}""")).Is(404);

        // What is dropped of it has its own say about force.
        await SetUpAsync(name);
        var run = (await SendAsync(editor, "POST", $"integrations/{name}/files?name=y.csv", $$"""{"upload":"{{Id(copy)}}"}""")).Is(202);
        await EndAsync("runs", run);
        var dropped = (await app.Imports.GetBlobClient($"{name}/y.csv").GetPropertiesAsync()).Value.Metadata;
        Assert.Equal(["upload"], dropped.Keys);
    }

    [Fact]
    public async Task Where_an_upload_is_named_it_must_be_there_and_one_file_only()
    {
        var integration = app.Unique("named");
        await SetUpAsync(integration);
        foreach (var path in new[] { "integrations/suggest", $"integrations/{integration}/files" })
        {
            (await SendAsync(LockedApp.AdminKey, "POST", path, $$"""{"upload":"{{Missing}}"}""")).Is(404);
            (await SendAsync(LockedApp.AdminKey, "POST", path, """{"upload":"x"}""")).Is(400);
        }

        (await TryAsync($",\"upload\":\"{Missing}\"")).Is(404);
        Assert.Equal(["invalid-value blob"], (await TryAsync($",\"upload\":\"{Missing}\",\"blob\":\"a/b\"")).Is(400).Errors);
        Assert.Equal(["invalid-value blob"], (await TryAsync("")).Is(400).Errors);

        Task<ApiCall> TryAsync(string file) =>
            SendAsync(LockedApp.AdminKey, "POST", "test-runs", $$"""{"integration":"{{integration}}"{{file}}}""");
    }

    private async Task SetUpAsync(string name)
    {
        await SendAsync(LockedApp.AdminKey, "PUT", $"products/{name}", """{"name":"P","snapshotPeriod":"monthly"}""");
        await SendAsync(LockedApp.AdminKey, "PUT", $"products/{name}/dimensions/seats", """{"name":"Seats","dataType":"numeric"}""");
        (await SendAsync(LockedApp.AdminKey, "PUT", $"integrations/{name}", Mapping(name))).Is(201);
    }

    private static string Mapping(string name) => $$"""
        {"name":"I","match":[{"by":"crmId","column":"customer_id"}],
         "products":[{"product":"{{name}}","dimensions":[{"column":"seats","dimension":"seats"}]}]}
        """;

    private async Task<JsonElement> EndAsync(string kind, ApiCall started) => await App.Api.UntilAsync(
        async () => (await SendAsync(LockedApp.AdminKey, "GET", $"{kind}/{Text(started, "runId")}")).Is(200).Json,
        run => run.GetProperty("status").GetString() is not ("queued" or "running"));

    private Task<ApiCall> SendAsync(string key, string method, string path, string? body = null, string type = "application/json") =>
        app.SendAsync(key, method, path, body, type);

    private static string Id(ApiCall answer) => Text(answer, "id")!;

    private static DateTimeOffset Time(ApiCall answer, string member) => answer.Json.GetProperty(member).GetDateTimeOffset();

    private static string? Text(ApiCall answer, string member) => Text(answer.Json, member);

    private static string? Text(JsonElement value, string member) => value.GetProperty(member).GetString();

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
