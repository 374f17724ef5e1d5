using Usage.Core.Snapshots;
using Usage.Core.Snapshots.Rows;

namespace Usage.Storage.Imports.Reading;

/// <summary>What reading a batch left.</summary>
/// <param name="Stamp">
/// Part of the names of this attempt's blobs. Another attempt may have found other accounts; it can't overwrite them when it comes late.
/// </param>
/// <param name="Rows">What is kept of its rows.</param>
public sealed record BatchRead(uint Stamp, BatchResult Result, BatchRows Rows);

/// <summary>All batches together.</summary>
/// <param name="Stamps">Of each batch, in the order of the plan.</param>
public sealed record ReadTotals(BatchTotals Totals, IReadOnlyList<uint> Stamps);
