using Usage.Core.Changes;
using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Storage.Changes;

namespace Usage.Functions.Erasing.Kept;

/// <summary>The record of a run as if it had written only what its log has now.</summary>
internal static class WrittenWithout
{
    /// <param name="index">Of the log.</param>
    /// <param name="groups">All of it.</param>
    public static async Task<Run> OfAsync(Run run, LogIndex index, IAsyncEnumerable<GroupWrites> groups)
    {
        var (changes, values) = (ChangeCounts.None, 0L);
        var dates = new Dictionary<(ProductId, DateOnly), long>();
        await foreach (var group in groups)
        {
            changes += GroupComparison.Count(group);
            var key = (index.Header.Products[group.Product].Id, group.Date);
            foreach (var account in group.Accounts)
            {
                var standing = account.Cells.Count(cell => cell.Kind != WriteKind.Superseded);
                values += standing;
                if (standing > 0) dates[key] = dates.GetValueOrDefault(key) + 1;
            }
        }

        return run with
        {
            Changes = changes,
            Values = values,
            Snapshots = dates.Values.Sum(),
            Dates = [.. run.Dates.Where(date => dates.ContainsKey((date.Product, date.Date)))
                .Select(date => date with { Snapshots = dates[(date.Product, date.Date)] })],
        };
    }
}
