using Usage.Core.Ids;
using Usage.Core.Issues;
using Usage.Core.Snapshots;
using Usage.Core.Values;

namespace Usage.Functions.Runs.Rows;

/// <summary>One row of a run: as it stood in the file, and what became of it.</summary>
/// <param name="Cells">By the names of their columns; none where the row is broken as one.</param>
/// <param name="Raw">The whole row where it is broken as one; else null.</param>
/// <param name="Account">As it is now; null where there isn't exactly one, or it is gone.</param>
/// <param name="Stored">The values of which the row is a part, after merging: as the run wrote them, or a test run would.</param>
public sealed record RunRow(
    long Row, RowOutcome Outcome, IReadOnlyDictionary<string, string> Cells, string? Raw, PreviewAccount? Account,
    IReadOnlyList<RowIssue> Issues, IReadOnlyList<StoredValue> Stored);

/// <param name="Value">Null: the stored value was taken away.</param>
/// <param name="Old">What was stored before; null: nothing was.</param>
public sealed record StoredValue(ProductId Product, DateOnly Date, DimensionId Dimension, UsageValue? Value, UsageValue? Old);
