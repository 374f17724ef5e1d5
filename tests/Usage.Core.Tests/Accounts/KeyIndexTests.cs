using System.Text;
using Usage.Core.Accounts.Matching;

namespace Usage.Core.Tests.Accounts;

/// <summary>The index against a dictionary, for keys of all lengths that differ in little.</summary>
public sealed class KeyIndexTests
{
    public static TheoryData<int> Lengths => new(Enumerable.Range(1, 40));

    [Theory]
    [InlineData(0)]
    [InlineData(1_000)]
    public void Finds_what_a_dictionary_finds(int capacity)
    {
        var random = new Random(7);
        var keys = Enumerable.Range(0, 4_000).Select(_ => Key(random)).ToArray();
        var index = new KeyIndex(capacity);
        var expected = new Dictionary<string, SortedSet<int>>(StringComparer.Ordinal);
        for (var ordinal = 0; ordinal < 6_000; ordinal++)
        {
            var key = keys[random.Next(keys.Length / 2)];
            var account = random.Next(50);
            index.Add(key, account);
            if (!expected.TryGetValue(key, out var accounts)) expected.Add(key, accounts = []);
            accounts.Add(account);
        }

        foreach (var key in keys)
        {
            Assert.Equal(expected.GetValueOrDefault(key) ?? [], index.Find(key).Ordinals);
            Assert.Equal(expected.GetValueOrDefault(key) ?? [], index.Find(Encoding.UTF8.GetBytes(key)).Ordinals);
        }

        Assert.True(index.Find("").IsNone);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Keys_that_differ_in_one_byte_only_are_different_ones(int length)
    {
        var index = new KeyIndex(16);
        var keys = Enumerable.Range(0, length).Select(place => new string('a', place) + 'b' + new string('a', length - place - 1))
            .Append(new string('a', length)).ToArray();
        for (var i = 0; i < keys.Length; i++) index.Add(keys[i], i);
        for (var i = 0; i < keys.Length; i++) Assert.Equal(i, index.Find(keys[i]).Ordinal);
    }

    private static string Key(Random random)
    {
        var length = random.Next(8) == 0 ? random.Next(1, 300) : random.Next(1, 40);
        return new string([.. Enumerable.Range(0, length).Select(_ => "abü0"[random.Next(4)])]);
    }
}
