using Usage.Core.Snapshots;

namespace Usage.Functions.Imports.Steps;

/// <summary>What reading a batch left.</summary>
/// <param name="Stamp">Tells the blobs of this attempt from those of others, which may have met other accounts: a late one can't spoil what counts.</param>
public sealed record BatchRead(uint Stamp, BatchResult Result);
