using System.Text;
using Azure.Storage.Blobs.Models;
using Usage.Scenarios.App;
using Usage.Scenarios.Imports;
using Usage.Testing.Machine;

namespace Usage.Scenarios.HttpApi;

/// <summary>Bodies past their limits: 413 in words, whether their length is told beforehand or not, and nothing is left of them.</summary>
public sealed class SizeTests(SizeTests.SmallFiles app) : IClassFixture<SizeTests.SmallFiles>
{
    private const int MaxFile = 4_000;

    [SlowTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task File_past_the_limit_is_refused_and_not_kept(bool told)
    {
        var page = await SourcePage.SetUpAsync(app);
        await RefuseAsync($"integrations/{page.Integration}/files?name=large.csv", Csv(page, MaxFile + 1), "text/csv", told);
        await RefuseAsync($"test-runs?integration={page.Integration}", Csv(page, MaxFile + 1), "text/csv", told);
        await RefuseAsync("test-runs", Form(page, Csv(page, MaxFile + 1)), "multipart/form-data; boundary=part", told);
        await RefuseAsync("test-runs", Form(page, Csv(page, 300_000)), "multipart/form-data; boundary=part", told);
        Assert.Empty((await app.Api.GetAsync($"runs?integration={page.Integration}")).GetProperty("items").EnumerateArray());
        await foreach (var blob in app.Imports.GetBlobsAsync(new GetBlobsOptions()))
            Assert.DoesNotContain(page.Integration, blob.Name, StringComparison.Ordinal);

        var fits = await app.Api.ImportAsync(page.Integration, "fits.csv", Csv(page, MaxFile));
        Assert.Equal("succeeded", fits.GetProperty("status").GetString());
    }

    [SlowFact]
    public async Task Configuration_past_the_limit_is_refused()
    {
        await RefuseAsync("segments/preview", $"{{\"name\":\"{new string('x', 300_000)}\"", "application/json", told: false);
        await RefuseAsync("integrations/suggest", new string('x', 9_000_000), "text/csv", told: false);
        await RefuseAsync("accounts/import", new string('x', 68_000_000), "text/csv", told: true);
        await RefuseAsync("accounts/import", new string('\n', 68_000_000), "text/csv", told: true, waits: false);
    }

    /// <summary>More than the server takes by itself.</summary>
    [SlowFact]
    public async Task Accounts_file_within_the_limit_is_read() =>
        (await ApiCall.SendAsync(
            app.Api.Http, "POST", "accounts/import", $"account_id,name\n{new string('\n', 34_000_000)}", "text/csv")).Is(200);

    private static string Csv(SourcePage page, int bytes)
    {
        var csv = new StringBuilder(page.Csv);
        while (csv.Length < bytes) csv.Append('\n');
        return csv.ToString(0, bytes);
    }

    private static string Form(SourcePage page, string csv) =>
        $"--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n{csv}\r\n--part\r\nContent-Disposition: "
            + $"form-data; name=\"integration\"\r\n\r\n{page.Integration}\r\n--part--\r\n";

    private async Task RefuseAsync(string path, string body, string type, bool told, bool waits = true)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            path)
        { Content = told ? new StringContent(body) : new StreamContent(new Untold(Encoding.UTF8.GetBytes(body))) };
        request.Content.Headers.Remove("Content-Type");
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        request.Headers.ExpectContinue = told && waits;
        using var answer = await app.Api.Http.SendAsync(request);
        var call = new ApiCall("POST", path, (int)answer.StatusCode, answer.Headers, answer.Content.Headers.ContentType?.MediaType,
            await answer.Content.ReadAsStringAsync());
        Assert.Equal(["too-large"], call.Is(413).Errors);
        Assert.Equal("application/problem+json", call.MediaType);
    }

    /// <summary>A stream of which nobody knows how long it is.</summary>
    private sealed class Untold(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();
    }

    public sealed class SmallFiles : SlowApp
    {
        protected override IReadOnlyDictionary<string, string> Settings =>
            new Dictionary<string, string> { ["Usage__Limits__MaxFileBytes"] = $"{MaxFile}" };
    }
}
