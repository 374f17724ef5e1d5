using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Usage.Core.Access;
using Usage.Core.Ids;
using Usage.Core.Problems;
using Usage.Functions.Http;

namespace Usage.Functions.Tests.Http;

public sealed class ApiRequestTests
{
    [Theory]
    [InlineData("2026-11-22T10:15:30Z", "2026-11-22T10:15:30Z")]
    [InlineData("2026-11-22T10:15:30.5Z", "2026-11-22T10:15:30.5Z")]
    [InlineData("2026-11-22T10:15:30.1234567%2B02:00", "2026-11-22T08:15:30.1234567Z")]
    [InlineData("2026-11-22T10:15:30+02:00", "2026-11-22T08:15:30Z")]
    [InlineData("2026-11-22T10:15-05:00", "2026-11-22T15:15:00Z")]
    [InlineData("2026-11-22T10:15:30", "2026-11-22T10:15:30Z")]
    [InlineData("2026-11-22", "2026-11-22T00:00:00Z")]
    public void Times_are_iso_8601_and_utc_without_an_offset(string text, string time) =>
        Assert.Equal(DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture),
            Request($"?arrivedAt={text}", "arrivedAt").Time("arrivedAt"));

    [Theory]
    [InlineData("yesterday")]
    [InlineData("22/11/2026")]
    [InlineData("2026-11-22%2010:15")]
    [InlineData("2026-11-22T25:00")]
    [InlineData("2026-02-30")]
    [InlineData("2026-11-22T10")]
    [InlineData("0001-01-01")]
    [InlineData("2026-11-22Z")]
    public void Other_times_are_refused(string text)
    {
        var request = Request($"?arrivedAt={text}", "arrivedAt");
        Assert.Null(request.Time("arrivedAt"));
        Assert.Equal("arrivedAt", Assert.Single(request.Problem!.Errors).Path);
    }

    [Theory]
    [InlineData("/accounts/a%20b", "a b", true)]
    [InlineData("/accounts/50%25", "50%", true)]
    [InlineData("/accounts/a%2520b", "a%20b", true)]
    [InlineData("/accounts/a%2Fb", "a%2Fb", false)]
    [InlineData("/accounts/a%FFb", "a%FFb", false)]
    [InlineData("/accounts/%25%FF", "%%FF", false)]
    public void Id_is_what_its_bytes_say(string raw, string route, bool good)
    {
        var request = Request("", [], raw, $"/accounts/{route}");
        var id = request.Id<AccountId>(route, "account");
        Assert.Equal(good, request.Problem is null);
        if (good) Assert.Equal(route, id.Value);
    }

    [Theory]
    [InlineData("?search=M%C3%BCller", true)]
    [InlineData("?search=M%FCller", false)]
    [InlineData("?search=%EF%BF%BD", true)]
    [InlineData("?search=50%25", true)]
    [InlineData("?search=%25FC", true)]
    [InlineData("?search=50%", false)]
    public void Parameter_is_what_its_bytes_say(string query, bool good) => Assert.Equal(good, Request(query, "search").Problem is null);

    [Theory]
    [InlineData("date")]
    [InlineData("other")]
    public void Parameter_that_is_declared_otherwise_or_not_at_all_is_an_error_of_the_function(string name) =>
        Assert.Throws<InvalidOperationException>(() => Request("", "date").Text(name));

    [Theory]
    [InlineData("", 20)]
    [InlineData("?from=7", 7)]
    [InlineData("?from=0", null)]
    [InlineData("?from=101", null)]
    public void Number_is_within_what_its_operation_declares(string query, int? number)
    {
        var http = new DefaultHttpContext();
        http.Request.QueryString = new QueryString(query);
        var request = new ApiRequest(http.Request, new Operation("Test", "", Audience.Reader).WithNumber("from", 20, 100));
        var found = request.Number("from");
        Assert.Equal(number is null ? ["found \"" + query[6..] + "\", expected a whole number from 1 to 100"] : [],
            request.Problem?.Errors.Select(error => error.Message) ?? []);
        Assert.Equal(number ?? 20, found);
    }

    [Fact]
    public void Contradictions_wait_unless_something_is_wrong_in_itself()
    {
        Problem[] found = [new("unknown-product", "products[0].product", "no product") { Kind = ProblemKind.Conflict },
            new("near", "name", "near") { Kind = ProblemKind.Warning }];
        Assert.Null(Request("").Judge(found));
        Assert.Equal(["name", "products[0].product"],
            Request("").Judge([new("required", "name", "none"), .. found])!.Errors.Select(error => error.Path));
        Assert.Equal(["x", "draft.products[0].product"], Request("?x=1").Judge(found, "draft")!.Errors.Select(error => error.Path));
    }

    [Fact]
    public void What_rules_find_in_a_stand_in_is_not_told()
    {
        var request = Request("");
        request.Refuse("wrong-type", "match[1].column", "found 5");
        request.Refuse("wrong-type", "products", "found 5");
        string[] paths = ["match[0]", "match[1]", "match[1].column", "match", "products", "products[0].product", "product", "match[10]"];
        var told = request.Judge([.. paths.Select(path => new Problem("code", path, "message"))])!
            .Errors.Skip(2).Select(error => error.Path);
        Assert.Equal(["match[0]", "match", "product", "match[10]"], told);
    }

    private static ApiRequest Request(string query, params string[] parameters) => Request(query, parameters, "/x", "/x");

    private static ApiRequest Request(string query, string[] parameters, string raw, string path)
    {
        var http = new DefaultHttpContext();
        http.Features.Get<IHttpRequestFeature>()!.RawTarget = raw + query;
        (http.Request.Method, http.Request.Path, http.Request.QueryString) = ("PUT", new PathString(path), new QueryString(query));
        return new ApiRequest(http.Request, new Operation("Test", "", Audience.Reader).With(parameters));
    }
}
