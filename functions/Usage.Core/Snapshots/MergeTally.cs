using Usage.Core.Ids;

namespace Usage.Core.Snapshots;

/// <summary>The figures of merging one partition or all of them. They can be added in any order.</summary>
public sealed record MergeTally
{
    /// <summary>Rows without a bad cell of which some value took part in a snapshot.</summary>
    public long RecordedRows { get; init; }

    /// <summary>The same, also where later runs wrote all of a row's values since.</summary>
    public long TookPart { get; init; }

    /// <summary>Without history, rows with a bad cell of whose values none took part; 0 in a child.</summary>
    public long PassedOver { get; init; }

    public long Snapshots { get; init; }

    /// <summary>Stored values after merging.</summary>
    public long Values { get; init; }

    /// <summary>Groups, each one table transaction.</summary>
    public long Groups { get; init; }

    /// <summary>In the order of product ids, then dates.</summary>
    public IReadOnlyList<DateTally> Dates { get; init; } = [];

    public static MergeTally operator +(MergeTally a, MergeTally b) => new()
    {
        RecordedRows = a.RecordedRows + b.RecordedRows,
        TookPart = a.TookPart + b.TookPart,
        PassedOver = a.PassedOver + b.PassedOver,
        Snapshots = a.Snapshots + b.Snapshots,
        Values = a.Values + b.Values,
        Groups = a.Groups + b.Groups,
        Dates = [.. a.Dates.Concat(b.Dates)
            .GroupBy(tally => (tally.Product, tally.Date))
            .Select(same => new DateTally(same.Key.Product, same.Key.Date, same.Sum(tally => tally.Snapshots)))
            .OrderBy(tally => tally.Product.Value, StringComparer.Ordinal).ThenBy(tally => tally.Date)],
    };
}

/// <summary>How many snapshots of a product have that date.</summary>
public sealed record DateTally(ProductId Product, DateOnly Date, long Snapshots);
