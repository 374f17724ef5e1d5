using Usage.Core.Outbound;

namespace Usage.Core.Tests.Outbound;

public sealed class SecretScopeTests
{
    private const string Hosts = "expected hosts such as files.example.com or *.example.com, with commas between them.";

    [Theory]
    [InlineData(null, "https://example.com/", false)]
    [InlineData("", "https://example.com/", false)]
    [InlineData("example.com", "https://example.com/", true)]
    [InlineData("example.com", "https://EXAMPLE.com.:8443/a", true)]
    [InlineData("example.com", "https://a.example.com/", false)]
    [InlineData("example.com", "https://example.com.evil.org/", false)]
    [InlineData("example.com", "https://notexample.com/", false)]
    [InlineData("other.org, *.example.com", "https://a.b.example.com/", true)]
    [InlineData("*.example.com", "https://example.com/", false)]
    [InlineData("*.example.com", "https://evilexample.com/", false)]
    [InlineData("xn--bcher-kva.example", "https://bücher.example/", true)]
    [InlineData("127.0.0.1", "http://127.0.0.1:8080/", true)]
    [InlineData("127.0.0.1", "http://2130706433/", true)]
    [InlineData("::1", "http://[::1]:8080/", true)]
    public void Hosts_are_whole_names_or_all_below_one(string? hosts, string url, bool expected) =>
        Assert.Equal(expected, new SecretScope("NAME", hosts, null).Lists(new Uri(url)));

    [Theory]
    [InlineData("*", null, $"Secrets__NAME__Hosts: found \"*\", {Hosts}")]
    [InlineData("https://a.example", null, $"Secrets__NAME__Hosts: found \"https://a.example\", {Hosts}")]
    [InlineData("a.*.example", null, $"Secrets__NAME__Hosts: found \"a.*.example\", {Hosts}")]
    [InlineData("a.example", "Payroll",
        "Secrets__NAME__Integrations: found \"Payroll\", expected ids of integrations with commas between them.")]
    public void List_that_means_nothing_is_told(string hosts, string? integrations, string problem) =>
        Assert.Equal([problem], new SecretScope("NAME", hosts, integrations).Problems());

    [Fact]
    public void Good_lists_have_no_problem() =>
        Assert.Empty(new SecretScope("NAME", "a.example, *.b.example,10.0.0.1,::1", "payroll,crm-2").Problems());
}
