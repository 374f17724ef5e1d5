using Usage.Core.Files.Reading;
using Usage.Core.Issues;

namespace Usage.Core.Snapshots.Reading;

/// <summary>Is told of each row as it is read.</summary>
public abstract class RowLog
{
    private protected RowLog()
    {
    }

    /// <param name="isOwn">False: a replay or fix has read it for the merge only.</param>
    /// <param name="outcome">Recorded where the row is accepted: the merge finds out whether it was superseded.</param>
    /// <param name="ordinal">Of the row's account; negative where there isn't exactly one.</param>
    /// <param name="finder">That looked for the account, unless the row is broken.</param>
    internal abstract void Add(
        RecordReader record, bool isOwn, RowOutcome outcome, int ordinal, AccountFinder finder, RowFindings findings);

    /// <summary>The row was taken out of the file's copy.</summary>
    internal virtual void AddErased(RecordReader record)
    {
    }
}
