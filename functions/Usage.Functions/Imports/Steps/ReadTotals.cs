using Usage.Core.Snapshots;

namespace Usage.Functions.Imports.Steps;

/// <summary>All batches together.</summary>
/// <param name="Stamps">Of each batch, in the order of the plan.</param>
public sealed record ReadTotals(BatchTotals Totals, IReadOnlyList<uint> Stamps);
