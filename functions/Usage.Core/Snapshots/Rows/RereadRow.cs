using Usage.Core.Accounts;
using Usage.Core.Issues;

namespace Usage.Core.Snapshots.Rows;

/// <summary>A row, read again as the import read it.</summary>
/// <param name="Outcome">Recorded where it was accepted.</param>
/// <param name="Account">Ordinal; null where there isn't exactly one.</param>
/// <param name="Raw">The whole row where it is broken as one; else null.</param>
public sealed record RereadRow(
    long Row, RowOutcome Outcome, int? Account, MatchBy? MatchedBy, IReadOnlyDictionary<string, string> Cells, string? Raw,
    IReadOnlyList<RowIssue> Issues)
{
    /// <summary>In the order of products, dates and dimensions.</summary>
    public IReadOnlyList<RowValue> Values { get; init; } = [];
}

/// <summary>A value that a row gives, or one that was refused and that a total lacks.</summary>
/// <param name="Product">Its place in the mapping.</param>
/// <param name="Dimension">Its place in the product.</param>
public readonly record struct RowValue(int Product, DateOnly Date, int Dimension, bool Refused);
