using Usage.Core.Snapshots;

namespace Usage.Storage.Imports.Reading;

/// <summary>What reading a batch left.</summary>
/// <param name="Stamp">
/// Tells the blobs of this attempt from those of other attempts, which may have met other accounts: a late one can't spoil what counts.
/// </param>
public sealed record BatchRead(uint Stamp, BatchResult Result);

/// <summary>All batches together.</summary>
/// <param name="Stamps">Of each batch, in the order of the plan.</param>
public sealed record ReadTotals(BatchTotals Totals, IReadOnlyList<uint> Stamps);
