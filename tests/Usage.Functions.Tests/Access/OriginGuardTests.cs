using Microsoft.AspNetCore.Http;
using Usage.Core.Access;
using Usage.Functions.Access;

namespace Usage.Functions.Tests.Access;

/// <summary>Other web pages in a user's browser are kept from what lets that user in.</summary>
public sealed class OriginGuardTests
{
    private static readonly Caller Person = new("ann@example.com", Role.Editor, SignInKind.Entra);

    [Theory]
    [InlineData("127.0.0.1:7071", null)]
    [InlineData("localhost:7071", null)]
    [InlineData("LOCALHOST", null)]
    [InlineData("[::1]:7071", null)]
    [InlineData("127.0.0.2", null)]
    [InlineData("usage.evil.example:7071", 421)]
    [InlineData("localhost.evil.example", 421)]
    [InlineData("127.0.0.1.evil.example", 421)]
    [InlineData("10.0.0.1:7071", 421)]
    [InlineData("", 421)]
    public void Only_names_of_this_machine_are_answered(string host, int? status) =>
        Assert.Equal(status, OriginGuard.CheckHost(Request("GET", host))?.Status);

    [Theory]
    [InlineData("POST", null, null, null)]
    [InlineData("POST", "http://127.0.0.1:7071", "same-origin", null)]
    [InlineData("POST", "http://127.0.0.1:7072", null, 403)]
    [InlineData("POST", "https://127.0.0.1:7071", null, 403)]
    [InlineData("POST", "http://somebody@127.0.0.1:7071", null, 403)]
    [InlineData("PUT", "https://evil.example", null, 403)]
    [InlineData("DELETE", "null", null, 403)]
    [InlineData("POST", null, "cross-site", 403)]
    [InlineData("GET", "https://evil.example", "cross-site", null)]
    public void On_this_machine_programs_and_its_own_pages_may_write(string method, string? origin, string? site, int? status) =>
        Assert.Equal(status, OriginGuard.CheckOrigin(Request(method, "127.0.0.1:7071", origin, site), Caller.Local)?.Status);

    [Theory]
    [InlineData(null, null, null, 403)]
    [InlineData(null, "same-origin", null, null)]
    [InlineData(null, "same-site", null, 403)]
    [InlineData("https://usage.example", null, null, null)]
    [InlineData("https://usage-behind-a-proxy.example", "same-origin", null, null)]
    [InlineData("https://evil.example", "cross-site", null, 403)]
    [InlineData("https://evil.usage.example", "same-site", null, 403)]
    [InlineData(null, null, "Bearer x", null)]
    public void By_a_cookie_only_own_pages_may_write(string? origin, string? site, string? authorization, int? status) =>
        Assert.Equal(status, OriginGuard.CheckOrigin(Request("POST", "usage.example", origin, site, authorization), Person)?.Status);

    [Fact]
    public void Key_is_sent_by_nobody_unasked() =>
        Assert.Null(OriginGuard.CheckOrigin(
            Request("POST", "usage.example", "https://other.example", "cross-site"), Person with { SignIn = SignInKind.Key }));

    private static HttpRequest Request(
        string method, string host, string? origin = null, string? site = null, string? authorization = null)
    {
        var request = new DefaultHttpContext().Request;
        (request.Method, request.Scheme, request.Host) = (method, "http", new HostString(host));
        if (origin is not null) request.Headers.Origin = origin;
        if (site is not null) request.Headers["Sec-Fetch-Site"] = site;
        if (authorization is not null) request.Headers.Authorization = authorization;
        return request;
    }
}
