using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using Usage.Scenarios.App;
using Usage.Scenarios.Imports;

namespace Usage.Scenarios.HttpApi;

/// <summary>What all answers have in common, and what all bodies may be.</summary>
[Collection(SharedApp.Name)]
public sealed class AnswerTests(AppFixture app)
{
    [Fact]
    public async Task No_answer_is_sniffed_or_kept_by_anybody()
    {
        var page = await SourcePage.SetUpAsync(app);
        var run = (await app.Api.ImportAsync(page.Integration, "a.csv", page.Csv)).GetProperty("id").GetString();
        string[] kept = [$"products/{page.Product}", $"integrations/{page.Integration}", $"accounts/{page.Accounts[0]}", $"runs/{run}"];
        string[] others =
        [
            "health", "openapi.json", "me", "products", "runs?nonsense=1", "products/nowhere", "no/such/route", "../outside", "keys",
            $"products/{page.Product}/snapshots", "audit",
        ];
        foreach (var path in kept.Concat(others))
        {
            var answer = await ApiCall.SendAsync(app.Api.Http, "GET", path);
            Assert.True(answer.Headers.TryGetValues("X-Content-Type-Options", out var sniffing), $"{answer}");
            Assert.Equal("nosniff", Assert.Single(sniffing));
            Assert.Equal(kept.Contains(path) ? "no-cache" : "no-store", answer.Headers.CacheControl?.ToString());
            Assert.Equal(kept.Contains(path), answer.Headers.ETag is not null);
        }

        var wrong = await ApiCall.SendAsync(app.Api.Http, "PATCH", "products");
        Assert.Equal("no-store", wrong.Is(404).Headers.CacheControl?.ToString());
        var csv = await ApiCall.SendAsync(
            app.Api.Http, "GET", $"products/{page.Product}/snapshots", headers: ("Accept", "text/csv"));
        Assert.Equal("no-store", csv.Is(200).Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task Who_has_it_already_is_not_sent_it_again()
    {
        var page = await SourcePage.SetUpAsync(app);
        var run = (await app.Api.ImportAsync(page.Integration, "a.csv", page.Csv)).GetProperty("id").GetString();
        var (_, test) = await app.Api.PostAsync($"test-runs?integration={page.Integration}", page.Csv);
        var testPath = $"test-runs/{test.GetProperty("runId").GetString()}";
        await Api.UntilAsync(
            () => app.Api.GetAsync(testPath), one => one.GetProperty("status").GetString() is not ("queued" or "running"));
        foreach (var path in new[] { $"products/{page.Product}", $"runs/{run}", testPath })
        {
            var tag = (await ApiCall.SendAsync(app.Api.Http, "GET", path)).Is(200).Tag;
            var again = await ApiCall.SendAsync(app.Api.Http, "GET", path, headers: ("If-None-Match", tag));
            Assert.Equal((304, "", tag, "no-cache"), (again.Status, again.Text, again.Tag, again.Headers.CacheControl?.ToString()));
            (await ApiCall.SendAsync(app.Api.Http, "GET", path, headers: ("If-None-Match", "\"another\""))).Is(200);
        }

        // The rows of the test run were read three times; where they weren't sent, nothing was read.
        var audit = await app.Api.GetAsync($"audit?resource={testPath}");
        Assert.All(audit.GetProperty("items").EnumerateArray(), entry => Assert.Equal(200, entry.GetProperty("status").GetInt32()));
        var before = audit.GetProperty("items").GetArrayLength();
        var last = (await ApiCall.SendAsync(app.Api.Http, "GET", testPath)).Tag;
        for (var poll = 0; poll < 5; poll++)
            (await ApiCall.SendAsync(app.Api.Http, "GET", testPath, headers: ("If-None-Match", last))).Is(304);
        Assert.Equal(before + 1, (await app.Api.GetAsync($"audit?resource={testPath}")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Mark_before_json_is_no_part_of_it()
    {
        var path = $"products/{app.Unique("marked")}";
        (await ApiCall.SendAsync(app.Api.Http, "PUT", path, "\uFEFF{\"name\":\"P\"}")).Is(201);
        Assert.Equal(["empty-body"], (await ApiCall.SendAsync(app.Api.Http, "PUT", path, "\uFEFF")).Is(400).Errors);
    }

    [Theory]
    [InlineData("unknown", "{\"name\":\"x\",", "\"a{0}\":1", "}")]
    [InlineData("broken items", "{\"name\":\"x\",\"products\":[],\"match\":[", "{{}}", "]}")]
    [InlineData("wrong items", "{\"name\":\"x\",\"match\":[],\"products\":[", "{0}", "]}")]
    [InlineData("wrong by the rules", "{\"name\":\"x\",\"products\":[],\"match\":[", "{{\"by\":\"crmId\",\"column\":\"\"}}", "]}")]
    [InlineData("a long name", "{\"name\":\"x\",", "\"{1}\":1", "}")]
    public async Task A_body_full_of_errors_is_answered_with_the_first_of_them_and_their_number(
        string what, string start, string item, string end)
    {
        var name = new string('n', 250_000);
        var body = new StringBuilder(start);
        for (var i = 0; body.Length < 240_000; i++)
            body.Append(i > 0 ? "," : "").AppendFormat(System.Globalization.CultureInfo.InvariantCulture, item, i, name);
        var answer = (await ApiCall.SendAsync(app.Api.Http, "PUT", $"integrations/{app.Unique("wrong")}", body.Append(end).ToString()))
            .Is(400);
        Assert.True(answer.Text.Length < 64_000, $"{what}: {answer.Text.Length}");
        Assert.InRange(answer.Json.GetProperty("errors").GetArrayLength(), 1, 100);
        if (what != "a long name")
            Assert.Matches(@"^\d+,\d{3} things are wrong; errors has the first 100\.$", answer.Json.GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("GZIP")]
    [InlineData("x-gzip")]
    [InlineData("identity")]
    public async Task Packed_body_is_taken_for_what_its_bytes_are_whatever_its_header_says(string encoding)
    {
        var page = await SourcePage.SetUpAsync(app);
        foreach (var path in new[] { $"integrations/{page.Integration}/files?name=a.csv", $"test-runs?integration={page.Integration}" })
        {
            using var content = Packed(page.Csv, encoding);
            using var answer = await app.Api.Http.PostAsync(path, content);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True((int)answer.StatusCode == 202, $"{path}: {answer.StatusCode} {text}");
            var run = System.Text.Json.JsonDocument.Parse(text).RootElement.GetProperty("runId").GetString();
            var ended = await app.Api.EndOfAsync(run!);
            Assert.Equal(3, ended.GetProperty("rows").GetProperty("recorded").GetInt64());
        }

        using var suggested = await app.Api.Http.PostAsync("integrations/suggest", Packed(page.Csv, encoding));
        Assert.True(suggested.IsSuccessStatusCode, await suggested.Content.ReadAsStringAsync());
    }

    private static ByteArrayContent Packed(string csv, string encoding)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(Encoding.UTF8.GetBytes(csv));
        var content = new ByteArrayContent(packed.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        content.Headers.ContentEncoding.Add(encoding);
        return content;
    }
}
