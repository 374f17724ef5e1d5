using Usage.Core.Ids;
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
    public void Good_source_and_notice_have_no_problem() => Assert.Empty(Check(
        Drafts.Good with
        {
            Source = Good with
            {
                Url = "https://example.com/usage.csv?from=2026&key=@secret:KEY",
                Headers = new Dictionary<string, string> { ["Authorization"] = "Bearer @secret:TOKEN", ["Accept-Language"] = "en" },
            },
            Notify = new() { Url = "https://example.com/hook", Secret = "@secret:HOOK" },
        }));

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
        Assert.Empty(Check(Drafts.Good with { Source = Good with { Url = url } }, allowed));

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
        Check(Drafts.Good with { Notify = new() { Url = "https://example.com/hook", Secret = secret } }));

    [Fact]
    public void Everything_wrong_is_told_at_once() => Assert.Equal(
        ["source.url", "source.headers.Cookie", "source.schedule", "notify.url"],
        Check(
            Drafts.Good with
            {
                Source = new() { Url = "", Schedule = "nightly", Headers = new Dictionary<string, string> { ["Cookie"] = "a=b" } },
                Notify = new() { Url = "http://10.0.0.1/", Secret = "@secret:HOOK" },
            }).Select(problem => problem.Path));

    [Fact]
    public void Secret_for_a_host_that_its_setting_does_not_list_is_refused_wherever_it_stands() => Assert.Equal(
        [
            ("source.url", "secret-not-for-host", ProblemKind.Conflict),
            ("source.headers.X-Team", "secret-not-for-host", ProblemKind.Conflict),
            ("notify.url", "secret-not-for-host", ProblemKind.Conflict), ("notify.secret", "secret-not-for-host", ProblemKind.Conflict),
        ],
        Check(Drafts.Good with
        {
            Source = Good with
            {
                Url = "https://evil.example/usage.csv?a=@secret:KEY",
                Headers = new Dictionary<string, string> { ["X-Team"] = "Bearer @secret:TOKEN" },
            },
            Notify = new() { Url = "https://evil.example/hook?b=@secret:KEY", Secret = "@secret:HOOK" },
        }).Select(problem => (problem.Path, problem.Code, problem.Kind)));

    [Fact]
    public void Refused_secret_says_which_setting_would_let_it_go() => Assert.Equal(
        "found @secret:KEY for the host evil.example, expected a host that the app setting Secrets__KEY__Hosts lists: add it there if the "
        + "secret may go to it",
        Assert.Single(Check(Good with { Url = "https://evil.example/?a=@secret:KEY" })).Message);

    [Fact]
    public void Secret_of_another_integration_is_refused_but_a_draft_has_no_id_yet()
    {
        var integration = Drafts.Good with { Source = Good with { Url = "https://example.com/?a=@secret:NARROW" } };
        var rules = Rules("");

        Assert.Empty(rules.Validate(integration, new IntegrationId("payroll")));
        Assert.Empty(rules.Validate(integration, id: null));
        Assert.Equal(
            "found @secret:NARROW in the integration usage, expected one that the app setting Secrets__NARROW__Integrations lists: add it "
            + "there if it may use the secret",
            Assert.Single(rules.Validate(integration, new IntegrationId("usage"))).Message);
    }

    [Theory]
    [InlineData("https://１２７.0.0.1/", "１", "U+FF11")]
    [InlineData("https://example。com/", "。", "U+3002")]
    [InlineData("https://١٢٧.example.com/", "١", "U+0661")]
    [InlineData("https://ｅxample.com/", "ｅ", "U+FF45")]
    [InlineData("https://①.example.com/", "①", "U+2460")]
    public void Host_that_reads_otherwise_than_it_is_asked_is_refused(string url, string found, string code) => Assert.Equal(
        [new Problem("host-not-allowed", "source.url",
            $"found \"{found}\" ({code}) in the host, expected ASCII digits and dots, and names as they are registered")],
        Check(Good with { Url = url }));

    [Fact]
    public void Name_in_other_letters_is_a_name() => Assert.Empty(Check(Good with { Url = "https://bücher.example/" }));

    private static IReadOnlyList<Problem> Check(PullSource source) => Check(Drafts.Good with { Source = source });

    private static IReadOnlyList<Problem> Check(Integration integration, string allowed = "") =>
        Rules(allowed).Validate(integration, integration.Id);

    private static OutboundRules Rules(string allowed) =>
        new(new AllowedHosts(allowed), name => new SecretScope(name, "example.com", name == "NARROW" ? "payroll, other" : null));
}
