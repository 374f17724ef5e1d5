using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Usage.Scenarios.App;
using Usage.Scenarios.HttpApi;
using Usage.Scenarios.Imports;

namespace Usage.Scenarios.TestRuns;

/// <summary>The ways to ask for a test run, and what is said to those who ask wrongly.</summary>
[Collection(SharedApp.Name)]
public sealed class StartTests(AppFixture app)
{
    [Fact]
    public async Task Packed_body_is_unpacked_as_a_packed_file_is()
    {
        var page = await SourcePage.SetUpAsync(app);
        var run = await EndAsync($"test-runs?integration={page.Integration}", new ByteArrayContent(Packed(page.Csv)));
        Assert.Equal(("succeeded", 3), (run.GetProperty("status").GetString(), run.GetProperty("rows").GetProperty("recorded").GetInt32()));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public async Task Form_takes_the_draft_as_a_field_or_a_file_and_an_id_as_well(bool asFile, bool asId)
    {
        var page = await SourcePage.SetUpAsync(app);
        var integration = new StringContent(asId ? page.Integration : JsonSerializer.Serialize(page.Body()));
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Packed(page.Csv)), "file", "mine.csv.gz" } };
        if (asFile) form.Add(integration, "integration", "draft.json");
        else form.Add(integration, "integration");
        var run = await EndAsync("test-runs", form);
        Assert.Equal("succeeded", run.GetProperty("status").GetString());
        Assert.Equal(asId ? page.Integration : null, run.GetProperty("integration").GetString());
    }

    [Fact]
    public async Task Form_is_taken_whole_or_not_at_all()
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("a"), "file", "one.csv" }, { new StringContent("b"), "file",
                "two.csv" }, { new StringContent("{\"name\":1}"), "integration" }, { new StringContent("x"), "note" },
        };
        Assert.Equal(
            ["invalid-value file", "required integration.match", "required integration.products", "unknown-member note",
                "wrong-type integration.name"], await ErrorsAsync("test-runs", form, 400));
        using var empty = new MultipartFormDataContent { { new StringContent("a,b"), "file" } };
        Assert.Equal(["invalid-value file", "missing-member integration"], await ErrorsAsync("test-runs", empty, 400));
    }

    [Fact]
    public async Task What_is_not_there_is_404()
    {
        var page = await SourcePage.SetUpAsync(app);
        Assert.Equal(["not-found"], await ErrorsAsync("test-runs?integration=nobody", Csv("a\n"), 404));
        Assert.Equal(["not-found"], await ErrorsAsync("test-runs", Json(new { integration = "nobody", blob = "x/y.csv" }), 404));
        Assert.Equal(["not-found"],
            await ErrorsAsync("test-runs", Json(new { integration = page.Integration, blob = $"{page.Integration}/nothing.csv" }), 404));
        Assert.Equal(["invalid-id integration"], await ErrorsAsync("test-runs?integration=Nobody", Csv("a\n"), 400));
        Assert.Equal(["missing-parameter integration"], await ErrorsAsync("test-runs", Csv("a\n"), 400));
    }

    [Theory]
    [InlineData("../usage-runs/x.csv")]
    [InlineData("/usage-runs/x.csv")]
    [InlineData("a/../../usage-accounts/x.csv")]
    [InlineData("..\\x.csv")]
    [InlineData("a//x.csv")]
    [InlineData("a/./x.csv")]
    [InlineData("a\0.csv")]
    public async Task No_name_leads_out_of_the_container(string name)
    {
        Assert.Equal(["invalid-value blob"],
            await ErrorsAsync("test-runs", Json(new { integration = (await SourcePage.SetUpAsync(app)).Integration, blob = name }), 400));
        Assert.Equal(["invalid-value name"],
            await ErrorsAsync($"integrations/some/files?name={Uri.EscapeDataString(name)}", Csv("a\n"), 400));
    }

    [Fact]
    public async Task Draft_that_contradicts_what_is_there_is_told_where()
    {
        var page = await SourcePage.SetUpAsync(app);
        using var form = new MultipartFormDataContent
        {
            { new StringContent(page.Csv), "file",
                "mine.csv" }, { new StringContent(
                    JsonSerializer.Serialize(page.Body()).Replace(page.Product, "no-such-product", StringComparison.Ordinal)),
                    "integration" },
        };
        Assert.Equal(["unknown-product integration.products[0].product"], await ErrorsAsync("test-runs", form, 409));
    }

    private static byte[] Packed(string csv)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(Encoding.UTF8.GetBytes(csv));
        return bytes.ToArray();
    }

    private static StringContent Csv(string csv) => new(csv, Encoding.UTF8, "text/csv");

    private static StringContent Json(object body) => new(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");

    private async Task<IReadOnlyList<string>> ErrorsAsync(string path, HttpContent content, int status)
    {
        using var answer = await app.Api.Http.PostAsync(path, content);
        var text = await answer.Content.ReadAsStringAsync();
        return new ApiCall("POST", path, (int)answer.StatusCode, answer.Headers, null, text).Is(status).Errors;
    }

    private async Task<JsonElement> EndAsync(string path, HttpContent content)
    {
        using var answer = await app.Api.Http.PostAsync(path, content);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode == 202, text);
        var id = JsonSerializer.Deserialize<JsonElement>(text).GetProperty("runId").GetString();
        return await Api.UntilAsync(
            async () => await app.Api.GetAsync($"test-runs/{id}"),
            run => run.GetProperty("status").GetString() is not ("queued" or "running"));
    }
}
