using Usage.Core.Integrations;
using Usage.Core.Outbound;
using Usage.Core.Problems;
using Usage.Core.Tests.Integrations;

namespace Usage.Core.Tests.Outbound;

public sealed class OutboundRulesTests
{
    private const string Hint = "@secret:NAME, with the value in the app setting Secrets__NAME";

    private static readonly PullSource Good = new() { Url = "https://example.com/usage.csv", Schedule = "0 0 2 * * *" };

    [Fact]
    public void Good_source_and_notice_have_no_problem() => Assert.Empty(OutboundRules.Validate(
        Drafts.Good with
        {
            Source = Good with
            {
                Url = "https://example.com/usage.csv?from=2026&key=@secret:KEY",
                Headers = new Dictionary<string, string> { ["Authorization"] = "Bearer @secret:TOKEN", ["Accept-Language"] = "en" },
            },
            Notify = new() { Url = "https://example.com/hook", Secret = "@secret:HOOK" },
        },
        new AllowedHosts("")));

    [Theory]
    [InlineData("ftp://example.com/a", "invalid",
        "found \"ftp://example.com/a\", expected an address such as https://example.com/usage.csv")]
    [InlineData("usage.csv", "invalid", "found \"usage.csv\", expected an address such as https://example.com/usage.csv")]
    [InlineData("http://example.com/a", "host-not-allowed",
        "found http://example.com, expected https:// (or the host in the app setting Usage__Pulls__AllowedHosts)")]
    [InlineData("https://169.254.169.254/metadata", "host-not-allowed",
        "found the host 169.254.169.254, expected one on the public internet (or the host in the app setting Usage__Pulls__AllowedHosts)")]
    [InlineData("https://2130706433/", "host-not-allowed",
        "found the host 127.0.0.1, expected one on the public internet (or the host in the app setting Usage__Pulls__AllowedHosts)")]
    [InlineData("https://[::ffff:10.0.0.1]/", "host-not-allowed",
        "found the host ::ffff:10.0.0.1, expected one on the public internet (or the host in the app setting Usage__Pulls__AllowedHosts)")]
    [InlineData("https://me:hunter2@example.com/", "plain-secret",
        "found a user or password in front of the host, expected none: send a header with " + Hint)]
    [InlineData("https://a.blob.core.windows.net/c/b.csv?sv=1&sig=abc", "plain-secret",
        "found a secret in the query (\"sig\"), expected sig=" + Hint)]
    [InlineData("https://example.com/@secret:NAME", "invalid",
        "found @secret: where none can be, expected it in the query only, as in ?key=@secret:NAME")]
    public void Address_that_is_refused_says_why(string url, string code, string message) =>
        Assert.Equal([new Problem(code, "source.url", message)], Check(Good with { Url = url }));

    [Theory]
    [InlineData("http://127.0.0.1:8080/a", "127.0.0.1")]
    [InlineData("http://LOCALHOST/a", "example.com, localhost")]
    [InlineData("https://[::1]/a", "::1")]
    public void Allowed_host_may_be_private_and_plain_http(string url, string allowed) =>
        Assert.Empty(OutboundRules.Validate(Drafts.Good with { Source = Good with { Url = url } }, new AllowedHosts(allowed)));

    [Theory]
    [InlineData("Authorization", "Bearer abc")]
    [InlineData("X-Api-Key", "abc")]
    [InlineData("Cookie", "session=abc")]
    [InlineData("X-Custom", "Bearer abc")]
    public void Secret_typed_in_plain_is_refused_and_not_repeated(string name, string value) => Assert.Equal(
        [new Problem("plain-secret", $"source.headers.{name}",
            $"found a plain value for {name}, expected {Hint}: a secret isn't kept in an integration")],
        Check(Good with { Headers = new Dictionary<string, string> { [name] = value } }));

    [Theory]
    [InlineData("Bad Name", "x", "invalid", "found the header name \"Bad Name\", expected letters, digits and - _ . only")]
    [InlineData("Range", "bytes=0-1", "invalid", "found the header Range, which a pull sets itself; leave it out")]
    [InlineData("Host", "internal", "invalid", "found the header Host, which a pull sets itself; leave it out")]
    [InlineData("Authorization", "@secret:", "invalid",
        "found @secret: without a name, expected " + Hint + "; NAME is letters, digits and _")]
    [InlineData("X-Name", "zürich", "invalid", "found a character that a header can't hold, expected ASCII")]
    public void Header_that_is_refused_says_why(string name, string value, string code, string message) => Assert.Equal(
        [new Problem(code, $"source.headers.{name}", message)],
        Check(Good with { Headers = new Dictionary<string, string> { [name] = value } }));

    [Fact]
    public void Header_with_a_line_break_is_refused() => Assert.Equal(
        "source.headers.X-Name",
        Assert.Single(Check(Good with { Headers = new Dictionary<string, string> { ["X-Name"] = "a\r\nHost: b" } })).Path);

    [Theory]
    [InlineData("hunter2", "plain-secret")]
    [InlineData("x@secret:NAME", "invalid")]
    public void Notice_is_signed_with_a_secret_of_the_settings(string secret, string code) => Assert.Equal(
        [new Problem(code, "notify.secret", $"expected {Hint}, and nothing else")],
        OutboundRules.Validate(Drafts.Good with { Notify = new() { Url = "https://example.com/hook", Secret = secret } },
            new AllowedHosts("")));

    [Fact]
    public void Everything_wrong_is_told_at_once() => Assert.Equal(
        ["source.url", "source.headers.Cookie", "source.schedule", "notify.url"],
        OutboundRules.Validate(
            Drafts.Good with
            {
                Source = new() { Url = "", Schedule = "nightly", Headers = new Dictionary<string, string> { ["Cookie"] = "a=b" } },
                Notify = new() { Url = "http://10.0.0.1/", Secret = "@secret:HOOK" },
            },
            new AllowedHosts("")).Select(problem => problem.Path));

    private static IReadOnlyList<Problem> Check(PullSource source) =>
        OutboundRules.Validate(Drafts.Good with { Source = source }, new AllowedHosts(""));
}
