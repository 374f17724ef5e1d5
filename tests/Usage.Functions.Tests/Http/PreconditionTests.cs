using Microsoft.AspNetCore.Http;
using Usage.Functions.Http;

namespace Usage.Functions.Tests.Http;

public sealed class PreconditionTests
{
    private const string Stored = "\"a\"";

    [Theory]
    [InlineData("\"a\"", true)]
    [InlineData("\"b\", \"a\"", true)]
    [InlineData("*", true)]
    [InlineData("\"b\"", false)]
    [InlineData("W/\"a\"", false)]
    [InlineData("a", false)]
    [InlineData("\"a", false)]
    [InlineData("", false)]
    public void If_match_demands_the_very_content(string header, bool met) => Assert.Equal(met, Check("If-Match", header, Stored));

    [Theory]
    [InlineData("\"b\"", true)]
    [InlineData("\"a\"", false)]
    [InlineData("W/\"a\"", false)]
    [InlineData("*", false)]
    public void If_none_match_demands_other_content_or_none(string header, bool met) =>
        Assert.Equal(met, Check("If-None-Match", header, Stored));

    [Fact]
    public void Where_nothing_is_stored_only_if_none_match_is_met()
    {
        Assert.False(Check("If-Match", "*", null));
        Assert.True(Check("If-None-Match", "*", null));
    }

    [Fact]
    public void The_tag_of_the_whole_serves_for_a_part_of_it() => Assert.True(Check("If-Match", "\"whole\"", null, "\"whole\""));

    private static bool Check(string name, string header, string? stored, string? whole = null)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers[name] = header;
        return new Preconditions(http.Request).Check(stored, whole) is null;
    }
}
