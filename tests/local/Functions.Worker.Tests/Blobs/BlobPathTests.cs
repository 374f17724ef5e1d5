using Microsoft.Azure.Functions.Worker.Local.Blobs;
using Microsoft.Azure.Functions.Worker.Local.Settings;

namespace Functions.Worker.Tests.Blobs;

public sealed class BlobPathTests
{
    [Theory]
    [InlineData("imports/{path}", "a/2026/x.csv", "path=a/2026/x.csv")]
    [InlineData("imports/{path}", "", "path=")]
    [InlineData("imports/{integration}/{file}", "a/2026/x.csv", "integration=a/2026 file=x.csv")]
    [InlineData("imports/{name}.csv", "a.b.csv", "name=a.b")]
    [InlineData("imports/{name}.csv", "a.txt", null)]
    [InlineData("imports/{name}.csv", "a.csv.gz", null)]
    [InlineData("imports/x/{name}", "y/a", null)]
    [InlineData("imports/{{2026}}-{name}", "{2026}-a", "name=a")]
    [InlineData("imports/a+b", "a+b", "")]
    [InlineData("imports/a+b", "aab", null)]
    [InlineData("imports", "anything", "")]
    public void Names_are_greedy_and_the_rest_is_literal(string path, string blob, string? expected)
    {
        var parts = BlobPath.Parse(path, "F").Match(blob);
        Assert.Equal(expected, parts is null ? null : string.Join(' ', parts.Select(p => $"{p.Key}={p.Value}")));
    }

    [Theory]
    [InlineData("imports/a/b{x}c", "a/b")]
    [InlineData("imports/{x}", "")]
    [InlineData("imports/{{a}}{x}", "{a}")]
    public void Only_what_every_name_begins_with_is_listed(string path, string prefix) => Assert.Equal(prefix, BlobPath.Parse(path, "F").Prefix);

    [Theory]
    [InlineData("")]
    [InlineData("/x")]
    [InlineData("{c}/x")]
    [InlineData("c/{a}{a}")]
    [InlineData("c/{a")]
    [InlineData("c/a}")]
    [InlineData("c/{1}")]
    public void What_is_no_path_is_refused(string path) => Assert.Throws<StartupException>(() => BlobPath.Parse(path, "F"));
}
