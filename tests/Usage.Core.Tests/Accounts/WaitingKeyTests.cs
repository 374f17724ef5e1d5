using Usage.Core.Accounts;
using Usage.Core.Accounts.Matching;
using Usage.Core.Accounts.Unmatched;

namespace Usage.Core.Tests.Accounts;

public sealed class WaitingKeyTests
{
    private static readonly HashSet<int> NoDates = [];

    [Theory]
    [InlineData(MatchBy.CrmId, "cust-9", " CUST-9\u200b")]
    [InlineData(MatchBy.AccountId, "Acme", "ACME")]
    [InlineData(MatchBy.CrmId, "0018000000MxEKN", "0018000000MxEKNAA3")]
    [InlineData(MatchBy.Domain, "https://www.ACME.com:8080/path", "jane@acme.com")]
    [InlineData(MatchBy.Domain, "Jane@Gmail.com", "jane@gmail.com ")]
    [InlineData(MatchBy.Name, "Acme-Rockets, Inc.", "ACME ROCKETS")]
    [InlineData(MatchBy.Name, "---", " ---")]
    public void Spellings_of_one_identifier_are_one_key(MatchBy by, string one, string other) =>
        Assert.Equal(IdentifierKey.Of(by, one), IdentifierKey.Of(by, other));

    [Theory]
    [InlineData(MatchBy.CrmId, "0018000000MxEKN", "0018000000mxEKN")]
    [InlineData(MatchBy.Domain, "eu.acme.com", "acme.com")]
    [InlineData(MatchBy.Domain, "jane@gmail.com", "john@gmail.com")]
    [InlineData(MatchBy.Name, "Acme", "Acme Rockets")]
    public void What_tells_customers_apart_tells_keys_apart(MatchBy by, string one, string other) =>
        Assert.NotEqual(IdentifierKey.Of(by, one), IdentifierKey.Of(by, other));

    [Fact]
    public void Texts_of_any_length_have_a_key_of_their_own()
    {
        var (one, other) = (new string('x', 5_000) + "1", new string('x', 5_000) + "2");
        Assert.NotEqual(IdentifierKey.Of(MatchBy.Name, one), IdentifierKey.Of(MatchBy.Name, other));
        Assert.InRange(IdentifierKey.Of(MatchBy.Name, one).Length, 1, IdentifierKey.MaxLength);
    }

    [Fact]
    public async Task More_keys_than_a_piece_has_are_told_whole_whatever_their_order()
    {
        var random = new Random(7);
        int[] rows = [.. Enumerable.Range(0, (WaitingKeyLog.MaxKeys * 2) + 100), .. Enumerable.Range(0, 5_000)];
        random.Shuffle(rows);
        using var bytes = new MemoryStream();
        var log = new WaitingKeyLog(bytes);
        foreach (var row in rows) log.Add(MatchBy.CrmId, $"c{row}", ambiguous: row == 7, counts: row != 8, () => [], NoDates);
        var pieces = log.Complete();

        Assert.Equal(3, pieces.Count);
        var keys = await WaitingMerge.JoinAsync(
            [.. pieces.Select(piece => WaitingKeyReader.ReadAsync(
                new MemoryStream(bytes.ToArray(), (int)piece.Offset, (int)piece.Length), default))], default).ToListAsync();
        Assert.Equal(
            rows.GroupBy(row => $"C{row}").OrderBy(same => same.Key, StringComparer.Ordinal)
                .Select(same => (same.Key, same.Key == "C8" ? 0L : same.Count(), same.Key == "C8" ? same.Count() : 0L, same.Key == "C7")),
            keys.Select(key => (key.Key, key.Rows, key.OtherRows, key.Ambiguous)));
    }

    [Fact]
    public void Latest_dates_are_kept_and_those_of_two_parts_added()
    {
        var first = new DateOnly(2026, 1, 1);
        var packed = WaitingDetails.Pack(Enumerable.Range(0, 150).Select(first.AddDays));
        Assert.Equal(Enumerable.Range(50, 100).Select(first.AddDays), WaitingDetails.Dates(packed));
        var key = new WaitingKey { By = MatchBy.Name, Key = "x", Text = "x", LastRun = "2", PackedDates = WaitingDetails.Pack([first]) };
        var sum = key.With(key with { LastRun = "1", Text = "older", PackedDates = WaitingDetails.Pack([first.AddDays(-1)]) });
        Assert.Equal(("x", "2"), (sum.Text, sum.LastRun));
        Assert.Equal([first.AddDays(-1), first], WaitingDetails.Dates(sum.PackedDates));
    }
}
