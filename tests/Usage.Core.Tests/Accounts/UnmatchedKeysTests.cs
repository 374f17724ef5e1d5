using Usage.Core.Accounts;
using Usage.Core.Accounts.Matching;

namespace Usage.Core.Tests.Accounts;

public sealed class UnmatchedKeysTests
{
    [Fact]
    public void Rows_are_counted_by_kind_and_key()
    {
        var log = new UnmatchedKeyLog();
        log.Add(MatchBy.Name, "Acme", ambiguous: true);
        log.Add(MatchBy.CrmId, "C9", ambiguous: false);
        log.Add(MatchBy.CrmId, "C9", ambiguous: false);
        Assert.Equal([new(MatchBy.CrmId, "C9", false, 2), new(MatchBy.Name, "Acme", true, 1)], log.ToKeys().Keys);
        Assert.Equal(0, log.ToKeys().OtherRows);
    }

    [Fact]
    public void Past_the_limit_the_first_keys_are_told_and_the_rest_counted()
    {
        var log = new UnmatchedKeyLog();
        for (var key = 2_999; key >= 0; key--)
            for (var rows = 0; rows < 2; rows++) log.Add(MatchBy.CrmId, $"C{key:0000}", ambiguous: false);
        var keys = log.ToKeys();
        Assert.Equal(Enumerable.Range(0, UnmatchedKeys.MaxKeys)
            .Select(key => new UnmatchedKey(MatchBy.CrmId, $"C{key:0000}", false, 2)), keys.Keys);
        Assert.Equal(4_000, keys.OtherRows);
    }

    [Fact]
    public void Batches_added_in_any_order_give_what_one_would()
    {
        var random = new Random(7);
        var parts = Enumerable.Range(0, 5).Select(_ => new UnmatchedKeyLog()).ToArray();
        var whole = new UnmatchedKeyLog();
        for (var row = 0; row < 20_000; row++)
        {
            var key = $"key {random.Next(3_000)}";
            whole.Add(MatchBy.Name, key, ambiguous: false);
            parts[random.Next(5)].Add(MatchBy.Name, key, ambiguous: false);
        }

        random.Shuffle(parts);
        var sum = parts.Select(part => part.ToKeys()).Aggregate((a, b) => a + b);
        Assert.Equal(whole.ToKeys().Keys, sum.Keys);
        Assert.Equal(whole.ToKeys().OtherRows, sum.OtherRows);
    }

    [Fact]
    public void Long_keys_are_cut_between_characters()
    {
        var log = new UnmatchedKeyLog();
        log.Add(MatchBy.Name, new string('x', UnmatchedKeys.MaxKeyLength - 1) + "😀 and more", ambiguous: false);
        Assert.Equal(new string('x', UnmatchedKeys.MaxKeyLength - 1), log.ToKeys().Keys[0].Key);
    }
}
