using System.Buffers.Text;
using System.Text;
using Usage.Scenarios.App;
using Usage.Scenarios.Attacks.Requests;

namespace Usage.Scenarios.Attacks;

/// <summary>
/// The OWASP API Security Top 10 of 2023, tried on the running app: each attempt is answered exactly as it must be, and nothing is another
/// thing afterwards. What comes from servers that are asked is in <see cref="PullAttackTests"/>.
/// </summary>
[Collection(Attacked.Name)]
public sealed class AttackTests(AttackedApp app)
{
    private static readonly Dictionary<string, Attack> All = new[]
    {
        ("1 object level", ObjectAttacks.All), ("2 sign-in", SignInAttacks.All), ("3 properties", PropertyAttacks.All),
        ("4 resources", ResourceAttacks.All), ("5 function level", FunctionAttacks.All), ("6 flows", FlowAttacks.All),
        ("7 forged requests", ForgeryAttacks.All), ("8 configuration", ConfigurationAttacks.All), ("9 inventory", InventoryAttacks.All),
        ("injection", InjectionAttacks.All),
    }.SelectMany(kind => kind.All.Select(attack => (Name: $"{kind.Item1}: {attack.Name}", attack)))
        .ToDictionary(named => named.Name, named => named.attack);

    private static string? _left;

    public static TheoryData<string> Names() => [.. All.Keys.Where((_, place) => place % Scale.AttackPart == 0)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Attempt_is_answered_as_it_must_be_and_changes_nothing(string name)
    {
        var attack = All[name];
        // Nothing happens between two attempts.
        var before = _left ?? await app.StateAsync();

        var answer = (await app.SendAsync(attack)).Is(attack.Status);

        if (attack.Error is not null) Assert.Contains(attack.Error, answer.Errors.Select(error => error.Split(' ')[0]));
        if (attack.Never is not null) Assert.DoesNotContain(app.Fill(attack.Never), answer.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("   at ", answer.Text, StringComparison.Ordinal);
        // Whatever is quoted in it, no browser takes it for a page.
        Assert.Contains(answer.MediaType, new[] { null, "application/json", "application/problem+json", "text/csv" });
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        _left = await app.StateAsync();
        Assert.Equal(before, _left);
    }

    [Fact]
    public async Task Place_in_the_list_of_unmatched_keys_tells_a_reader_no_more_than_the_list()
    {
        var page = (await app.SendAsync(new Attack("unmatched", "reader", "GET", "unmatched?top=1", 200))).Is(200).Json;
        var place = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(page.GetProperty("next").GetString()));
        var item = page.GetProperty("items")[0];
        Assert.Equal(
            [$"{item.GetProperty("rows")}", $"{item.GetProperty("integration")}", $"{item.GetProperty("by")}",
                $"{item.GetProperty("key")}".ToUpperInvariant()],
            place.Split('\n'));
        var rest = await app.SendAsync(new Attack(
            "the rest", "reader", "GET", $"unmatched?after={page.GetProperty("next").GetString()}", 200));
        Assert.NotEmpty(rest.Is(200).Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public void They_are_a_hundred_and_more() => Assert.InRange(All.Count, 100, 1_000);
}
