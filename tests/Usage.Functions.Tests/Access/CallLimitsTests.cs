using Usage.Core.Access;
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

    private static Caller Key(string id) => new("team", Role.Reader, SignInKind.Key) { Key = new KeyId(id) };
}
