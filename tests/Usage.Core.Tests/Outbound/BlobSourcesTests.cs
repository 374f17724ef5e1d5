using Usage.Core.Outbound;

namespace Usage.Core.Tests.Outbound;

public sealed class BlobSourcesTests
{
    private static readonly BlobSources Sources = new("teamfiles/exports/usage, other99/all/", ".blob.core.windows.net");

    [Theory]
    [InlineData("teamfiles", "/exports/usage/oct.csv", true)]
    [InlineData("teamfiles", "/exports/usage/2026/oct%202.csv?snapshot=2026-01-01", true)]
    [InlineData("other99", "/all/oct.csv", true)]
    // Other accounts, containers and prefixes.
    [InlineData("strangers", "/exports/usage/oct.csv", false)]
    [InlineData("teamfiles", "/exports/usage-secret/oct.csv", false)]
    [InlineData("teamfiles", "/exports/usage", false)]
    [InlineData("teamfiles", "/exports/Usage/oct.csv", false)]
    [InlineData("teamfiles", "/exports/oct.csv", false)]
    [InlineData("teamfiles", "/exports2/usage/oct.csv", false)]
    [InlineData("other99", "/all", false)]
    // Ways out.
    [InlineData("teamfiles", "/exports/usage/../secret/oct.csv", false)]
    [InlineData("teamfiles", "/exports/usage/%2e%2e/secret/oct.csv", false)]
    [InlineData("teamfiles", "/exports/usage/..%2Fsecret/oct.csv", false)]
    [InlineData("teamfiles", "/exports/usage%2F..%2F..%2Fhr/pay.csv", false)]
    [InlineData("teamfiles", "/exports/usage/%252e%252e/secret.csv", false)]
    [InlineData("teamfiles", "/exports/usage/..%5Csecret.csv", false)]
    [InlineData("teamfiles", "/exports/usage//oct.csv", false)]
    [InlineData("teamfiles", "//exports/usage/oct.csv", false)]
    // Lists and properties.
    [InlineData("other99", "/all/x?restype=container&comp=list", false)]
    [InlineData("other99", "/all/x?c%6Fmp=list", false)]
    public void Only_blobs_under_a_listed_prefix_are_signed_for(string account, string path, bool expected) =>
        Assert.Equal(expected, Sources.Contains(new Uri($"https://{account}.blob.core.windows.net{path}")));

    [Theory]
    [InlineData("https://teamfiles.blob.core.windows.net.evil.example/exports/usage/oct.csv")]
    [InlineData("https://evil.example/teamfiles.blob.core.windows.net/exports/usage/oct.csv")]
    [InlineData("https://x.teamfiles.blob.core.windows.net/exports/usage/oct.csv")]
    [InlineData("https://teamfiles-secondary.blob.core.windows.net/exports/usage/oct.csv")]
    public void Only_hosts_of_listed_accounts_are(string url) => Assert.False(Sources.Contains(new Uri(url)));

    [Theory]
    [InlineData("teamfiles")]
    [InlineData("*/exports")]
    [InlineData("teamfiles/*")]
    [InlineData("teamfiles/exports/../hr")]
    [InlineData("teamfiles/exports/a%2Fb")]
    [InlineData("https://teamfiles.blob.core.windows.net/exports")]
    public void What_is_no_source_is_told(string source) =>
        Assert.Equal([source], new BlobSources($"other99/all,{source}", ".blob.core.windows.net").Wrong);

    [Fact]
    public void Without_a_list_nothing_is_signed() =>
        Assert.False(new BlobSources(null, ".blob.core.windows.net").Contains(new Uri("https://a23.blob.core.windows.net/c/b")));
}
