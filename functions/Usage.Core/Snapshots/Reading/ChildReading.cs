using Usage.Core.Accounts.Matching;
using Usage.Core.Files;
using Usage.Core.Files.Reading;
using Usage.Core.Snapshots.Merging;

namespace Usage.Core.Snapshots.Reading;

/// <summary>
/// How a batch is read for a replay or fix: as its parent read it, then, in rows with findings, with what each earlier child mended, and at
/// last with its own mends. Only rows that its own mends change are its rows, and those that came back in a corrected file.
/// </summary>
public sealed record ChildReading
{
    /// <summary>Finds accounts as the parent did.</summary>
    public required IRowAccounts Parent { get; init; }

    /// <summary>In the order of their turns.</summary>
    public required IReadOnlyList<Earlier> Before { get; init; }

    public required Mends Mends { get; init; }

    public required CorrectedRows Corrected { get; init; }

    /// <summary>Finds only accounts of identifiers that this child makes known; null: it makes none known.</summary>
    public IRowAccounts? Known { get; init; }

    /// <summary>Finds accounts as they are now: of identifiers that got known, or were mended.</summary>
    public required IRowAccounts Now { get; init; }

    /// <summary>Nothing was recorded before: all rows are its rows.</summary>
    public required bool Whole { get; init; }

    /// <param name="Accounts">As that child found them.</param>
    /// <param name="Own">The rows that it was about; null: all of the batch.</param>
    public sealed record Earlier(Mends Mends, CorrectedRows Corrected, IRowAccounts Accounts, RowSet? Own);
}
