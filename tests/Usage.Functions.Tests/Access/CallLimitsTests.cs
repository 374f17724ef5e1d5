using System.Net;
using Microsoft.AspNetCore.Http;
using Usage.Core.Access;
using Usage.Core.Ids;
using Usage.Functions.Access;

namespace Usage.Functions.Tests.Access;

public sealed class CallLimitsTests
{
    [Fact]
    public void Callers_are_told_apart_by_their_keys_and_not_by_their_names()
    {
        using var limits = new CallLimits(new AccessOptions { RequestsPerMinute = 1 });
        var person = new Caller("team", Role.Reader, SignInKind.Entra);
        var (first, second) = (Key("first"), Key("second"));

        Assert.Equal([null, null, null], new[] { first, second, person }.Select(limits.Count));
        Assert.All(new[] { first, second, person }, caller => Assert.NotNull(limits.Count(caller)));
        Assert.Null(limits.Count(Caller.Local));
        Assert.Null(limits.Count(Caller.Local));
    }

    [Fact]
    public void Address_of_too_many_wrong_keys_waits_with_all_its_requests()
    {
        using var limits = new CallLimits(new AccessOptions { WrongKeysPerMinute = 2 });
        var (one, other) = (From("10.0.0.1"), From("10.0.0.2"));

        for (var wrong = 0; wrong < 3; wrong++) limits.CountWrongKey(one);

        // Part of a key comes back at once; the next whole one takes half a minute.
        Thread.Sleep(20);
        Assert.Equal(TimeSpan.FromSeconds(30), limits.CheckWrongKeys(one));
        Assert.Null(limits.CheckWrongKeys(other));
    }

    private static HttpRequest From(string address)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = IPAddress.Parse(address);
        return http.Request;
    }

    private static Caller Key(string id) => new("team", Role.Reader, SignInKind.Key) { Key = new KeyId(id) };
}
