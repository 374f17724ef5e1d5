using System.Net;
using System.Net.Http.Headers;
using Usage.Page.Tests.App;

namespace Usage.Page.Tests;

/// <summary>How the page and its files are sent, over the real app.</summary>
[Collection(SignedApp.Name)]
public sealed class ServingTests(SignedApp app)
{
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static readonly string Script = typeof(PageFile).Assembly.GetManifestResourceNames()
        .First(name => name.StartsWith("page/assets/index", StringComparison.Ordinal) && name.EndsWith(".js", StringComparison.Ordinal))
        ["page/".Length..];

    [Fact]
    public async Task Root_leads_to_the_page()
    {
        using var answer = await SendAsync("");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/ui/", answer.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("ui")]
    [InlineData("ui/")]
    [InlineData("ui/runs/20261122T101530-0123456789ab/rows?outcome=partial")]
    public async Task Every_place_is_the_page_and_is_asked_for_each_time(string path)
    {
        using var answer = await SendAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/html; charset=utf-8", $"{answer.Content.Headers.ContentType}");
        Assert.Equal("no-cache", $"{answer.Headers.CacheControl}");
        Assert.Equal(Policy, Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Cross-Origin-Opener-Policy")));
    }

    [Fact]
    public async Task What_the_browser_has_is_not_sent_again()
    {
        using var first = await SendAsync("ui/");
        using var again = await SendAsync("ui/", tag: first.Headers.ETag);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("gzip", "gzip")]
    [InlineData("gzip, br", "br")]
    [InlineData("gzip, br;q=0", "gzip")]
    [InlineData("zstd", null)]
    public async Task Asset_is_packed_as_the_browser_understands_it_and_kept_for_good(string? accepts, string? coding)
    {
        using var answer = await SendAsync($"ui/{Script}", accepts);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(coding, answer.Content.Headers.ContentEncoding.FirstOrDefault());
        Assert.Equal("text/javascript; charset=utf-8", $"{answer.Content.Headers.ContentType}");
        Assert.Equal("public, max-age=31536000, immutable", string.Join(", ", answer.Headers.GetValues("Cache-Control")));
        Assert.Equal("Accept-Encoding", $"{answer.Headers.Vary}");
    }

    [Fact]
    public async Task Head_says_the_same_without_the_file()
    {
        using var answer = await SendAsync($"ui/{Script}", method: HttpMethod.Head);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(PageFiles.Find(Script)!.Plain.Length, answer.Content.Headers.ContentLength);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("ui/assets/index-of-yesterday.js")]
    [InlineData("ui/assets/../../host.json")]
    [InlineData("uipage")]
    public async Task What_is_not_there_is_missed(string path)
    {
        using var answer = await SendAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private async Task<HttpResponseMessage> SendAsync(
        string path, string? accepts = null, HttpMethod? method = null, EntityTagHeaderValue? tag = null)
    {
        Browser.Require();
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, new Uri(app.Root, path));
        if (accepts is not null) request.Headers.TryAddWithoutValidation("Accept-Encoding", accepts);
        if (tag is not null) request.Headers.IfNoneMatch.Add(tag);
        return await http.SendAsync(request);
    }
}
