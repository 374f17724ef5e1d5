using Usage.Core.Changes;
using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Core.Snapshots;
using Usage.Storage.Changes;
using Usage.Storage.Imports.Writing;

namespace Usage.Functions.Changes.TakingBack;

/// <summary>Adds up what was taken back of a partition.</summary>
/// <param name="index">Of what was undone.</param>
internal sealed class TakenBack(LogIndex index)
{
    private readonly Dictionary<(ProductId Product, DateOnly Date), long> _dates = [];
    private ChangeCounts _changes = ChangeCounts.None;
    private long _values;

    public void Add(IEnumerable<GroupWrites> groups)
    {
        foreach (var group in groups.Where(group => group.Accounts.Count > 0))
        {
            _changes += GroupComparison.Count(group);
            _values += group.Accounts.Sum(account => account.Cells.Count);
            var key = (index.Header.Products[group.Product].Id, group.Date);
            _dates[key] = _dates.GetValueOrDefault(key) + group.Accounts.Count;
        }
    }

    public PartitionResult ToResult(IReadOnlyList<LogPiece> pieces) => new()
    {
        Tally = new MergeTally(),
        Written = new WrittenTally(_dates.Values.Sum(), _values,
            [.. _dates.Select(date => new DateTally(date.Key.Product, date.Key.Date, date.Value))]),
        Changes = _changes,
        Points = [.. _dates.Keys.Select(date => new DatePoints(date.Product, date.Date, Stats: null))],
        Pieces = pieces,
    };
}
