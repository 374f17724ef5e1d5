using Usage.Core.Accounts;
using Usage.Core.Changes;
using Usage.Core.Snapshots;
using Usage.Core.Values;

namespace Usage.Core.Tests.Changes;

public sealed class WritesFormatTests
{
    private static readonly UsageValue?[] Values =
    [
        null, UsageValue.Of(0d), UsageValue.Of(-0d), UsageValue.Of(1d), UsageValue.Of(-1d), UsageValue.Of(0.1), UsageValue.Of(1L << 53),
        UsageValue.Of(-(1L << 53)), UsageValue.Of(1e300), UsageValue.Of(double.Epsilon), UsageValue.Of(true), UsageValue.Of(false),
        UsageValue.Of(""), UsageValue.Of("Größe 😀"), UsageValue.Of(new string('x', 100_000)),
    ];

    [Fact]
    public void What_is_packed_is_unpacked_the_same()
    {
        var random = new Random(7);
        var groups = Enumerable.Range(0, 200).Select(_ => Group(random)).ToList();
        var writer = new WritesWriter();
        foreach (var group in groups) writer.Add(group);

        var reader = new WritesReader(writer.Packed);
        foreach (var group in groups) Same(group, reader.Next()!);
        Assert.Null(reader.Next());
    }

    [Fact]
    public void Minus_zero_stays_what_it_is()
    {
        var writer = new WritesWriter();
        writer.Add(new GroupWrites(0, new DateOnly(2026, 1, 1), 0, [new AccountWrites(0, [], [Cell(UsageValue.Of(-0d), null)])]));

        Assert.True(double.IsNegative(new WritesReader(writer.Packed).Next()!.Accounts[0].Cells[0].New!.Value.Number));
    }

    [Fact]
    public void A_packed_group_that_is_cut_short_is_refused()
    {
        var writer = new WritesWriter();
        writer.Add(Group(new Random(3)));

        Assert.Throws<InvalidDataException>(() => new WritesReader(writer.Packed[..^1]).Next());
    }

    /// <summary>What is kept of a row with four numbers, the file's own copy apart.</summary>
    [Fact]
    public void An_account_with_four_numbers_takes_less_than_forty_bytes()
    {
        var writer = new WritesWriter();
        for (var block = 0; block < 100; block++)
        {
            writer.Add(new GroupWrites(0, new DateOnly(2026, 10, 1), block, [.. Enumerable.Range(block * 100, 100).Select(account =>
                new AccountWrites(account, [new MergedRow((account * 7919L % 1_000_000) + 1, MatchBy.CrmId, false)],
                    [.. Enumerable.Range(0, 4).Select(dimension => new CellWrite(
                        dimension, UsageValue.Of(account * 31 % 90_000 + (dimension % 2 * 0.25)), null, false, new CellSource(1, 1)))]))]));
        }

        Assert.InRange(writer.Packed.Length / 10_000.0, 10, 40);
    }

    private static GroupWrites Group(Random random) => new(
        random.Next(3), DateOnly.FromDayNumber(random.Next(3_000_000)), random.Next(50_000),
        [.. Enumerable.Range(0, random.Next(4)).Select(_ => Account(random))]);

    private static AccountWrites Account(Random random)
    {
        var rows = Enumerable.Range(0, random.Next(4))
            .Select(_ => new MergedRow(random.NextInt64(1, 5_000_000), (MatchBy)random.Next(4), random.Next(2) == 0)).ToList();
        var cells = Enumerable.Range(0, random.Next(5)).Select(_ =>
        {
            var value = Values[random.Next(Values.Length)];
            var source = rows.Count > 1 ? new CellSource(random.NextInt64(1, 5_000_000), random.Next(1, 200))
                : new CellSource(rows.Count == 0 ? 0 : rows[^1].Row, 1);
            return new CellWrite(
                random.Next(240), value, random.Next(2) == 0 ? value : Values[random.Next(Values.Length)], random.Next(2) == 0, source);
        });
        return new AccountWrites(random.Next(100), rows, [.. cells]);
    }

    private static CellWrite Cell(UsageValue? value, UsageValue? old) => new(0, value, old, false, new CellSource(0, 1));

    private static void Same(GroupWrites expected, GroupWrites found)
    {
        Assert.Equal((expected.Product, expected.Date, expected.Block, expected.Accounts.Count),
            (found.Product, found.Date, found.Block, found.Accounts.Count));
        foreach (var (one, other) in expected.Accounts.Zip(found.Accounts))
        {
            Assert.Equal((expected.Block * 100) + one.Account, other.Account);
            Assert.Equal(one.Rows, other.Rows);
            Assert.Equal(one.Cells, other.Cells);
        }
    }
}
