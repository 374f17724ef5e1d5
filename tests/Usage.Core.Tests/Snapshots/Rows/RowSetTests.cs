using FsCheck;
using FsCheck.Fluent;
using Usage.Core.Snapshots.Merging;

namespace Usage.Core.Tests.Snapshots.Rows;

public sealed class RowSetTests
{
    [Fact]
    public void Packed_rows_come_back()
    {
        var some = (from rows in Gen.Choose(1, 300)
                    from set in Gen.SubListOf(Enumerable.Range(1, rows).Select(row => (long)row))
                    from first in Gen.Choose(1, rows)
                    from count in Gen.Choose(0, rows - first)
                    select (Rows: rows, Set: set.Order().ToList(), First: first, Count: count)).ToArbitrary();
        Prop.ForAll(some, given =>
        {
            var found = new RowSet(given.Rows);
            found.Add(RowSet.Pack(given.Set));
            Assert.Equal(given.Set, Enumerable.Range(1, given.Rows).Select(row => (long)row).Where(found.Has));
            Assert.Equal(
                given.Set.Count(row => row >= given.First && row < given.First + given.Count), found.CountIn(given.First, given.Count));
            Assert.True(new RowSet(found.Bits.ToArray()).Has(given.First) == given.Set.Contains(given.First));
        }).QuickCheckThrowOnFailure();
    }
}
