using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Issues;
using Usage.Core.Values;

namespace Usage.Core.Snapshots;

/// <summary>Joins what reading found in the first rows with what merging made of their values.</summary>
public static class RowPreview
{
    /// <param name="Row">The row that it belongs to.</param>
    public sealed record Part(long Row, PreviewSnapshot Snapshot);

    /// <summary>What a group has for the preview, with what is stored now. A row has one part for each of its products, or dates.</summary>
    /// <param name="stored">The stored value of an account (ordinal) and a dimension (index in the group's product), or null.</param>
    public static IEnumerable<Part> Parts(ImportMapping mapping, SnapshotGroup group, Func<int, int, UsageValue?> stored)
    {
        if (group.Shares.Count == 0) yield break;
        var product = mapping.Products[group.Product];
        var merged = group.Snapshots.ToDictionary(snapshot => snapshot.Account);
        foreach (var shares in group.Shares.GroupBy(share => (share.Row, share.Account)))
        {
            var values = new Dictionary<DimensionId, ValueChange>();
            foreach (var dimension in shares.Select(share => share.Dimension).Order())
                values[product.Dimensions[dimension].Id] =
                    new ValueChange(merged[shares.Key.Account].Values.Span[dimension], stored(shares.Key.Account, dimension));
            yield return new Part(shares.Key.Row, new PreviewSnapshot(product.Id, group.Date, values));
        }
    }

    /// <summary>The finished preview: rows that were accepted are now recorded or superseded.</summary>
    public static IReadOnlyList<PreviewRow> Join(ImportMapping mapping, IEnumerable<PreviewRow> rows, IEnumerable<Part> parts)
    {
        var order = mapping.Products.Select((product, index) => (product.Id, index)).ToDictionary(pair => pair.Id, pair => pair.index);
        var byRow = parts.ToLookup(part => part.Row, part => part.Snapshot);
        return
        [
            .. rows.OrderBy(row => row.Row).Select(row => row with
            {
                Snapshots = [.. byRow[row.Row].OrderBy(snapshot => order[snapshot.Product]).ThenBy(snapshot => snapshot.Date)],
                Outcome = row.Outcome == RowOutcome.Recorded && !byRow[row.Row].Any() ? RowOutcome.Superseded : row.Outcome,
            }),
        ];
    }
}
