using Usage.Core.Accounts.Matching;
using Usage.Core.Files;
using Usage.Core.Files.Reading;
using Usage.Core.Snapshots.Merging;

namespace Usage.Core.Snapshots.Reading;

/// <summary>Mends a child's rows step by step, and says by whom their accounts are found then.</summary>
internal sealed class ChildRows
{
    private readonly (RowMender Mender, AccountFinder Finder, RowSet? Own)[] _before;
    private readonly RowMender _mender;
    private readonly RowMender[] _correcting;
    private readonly AccountFinder _now;
    private readonly AccountFinder? _known;
    private readonly SortedSet<int> _touched = [];

    /// <param name="finderOf">Makes a finder that looks in other accounts.</param>
    public ChildRows(ChildReading child, ColumnMap columns, Func<IRowAccounts, AccountFinder> finderOf)
    {
        _before = [.. child.Before.Select(earlier =>
            (new RowMender(earlier.Mends, earlier.Corrected, columns), finderOf(earlier.Accounts), earlier.Own))];
        (_mender, _now) = (new RowMender(child.Mends, child.Corrected, columns), finderOf(child.Now));
        _correcting = [.. _before.Select(earlier => earlier.Mender).Append(_mender).Where(mender => mender.Corrects)];
        IsAll = child.Whole;
        _known = child.Known is { } known ? finderOf(known) : null;
    }

    /// <summary>All rows are its rows.</summary>
    public bool IsAll { get; }

    public int Steps => _before.Length + 1;

    /// <summary>Accounts whose values the child may change.</summary>
    public IReadOnlyCollection<int> Touched => _touched;

    public bool IsOwn(int step) => step == _before.Length;

    /// <summary>Whether a row came back in the child's own corrected file.</summary>
    public bool IsListed(long row) => _mender.Lists(row);

    /// <summary>Whether a row may be mended though nothing is wrong with it any more: who corrected it didn't know that.</summary>
    public bool IsCorrected(long row) => Array.Exists(_correcting, mender => mender.Lists(row));

    /// <summary>The current row is as it was after so many steps: corrected files that were sent out then are compared with it.</summary>
    public void Pass(int steps, RecordReader record)
    {
        foreach (var mender in _correcting)
            if (mender.After == steps) mender.Compare(record);
    }

    /// <param name="any">Whether something is wrong with the row so far.</param>
    public bool MayMend(int step, bool any) => any || (IsOwn(step) ? _mender : _before[step].Mender).IsCorrected;

    /// <param name="ordinal">Of the row's account so far; negative when there isn't exactly one.</param>
    /// <param name="finder">That has found it.</param>
    /// <returns>Who finds its account from now on; null: the step changes nothing of the row.</returns>
    public AccountFinder? Mend(int step, RecordReader record, int ordinal, AccountFinder finder)
    {
        var (mender, before, own) = IsOwn(step) ? (_mender, null, null) : _before[step];
        var mended = mender.Mend(record);
        // One that was about other rows then, and mends this one since what stood between them is undone, knows nothing of its account.
        if (before is not null && own?.Has(record.Row) != false)
            return mended || (ordinal < 0 && Finds(before, record)) ? before : null;
        if (ordinal >= 0 && !_now.Columns.Any(record.IsMended)) return mended ? finder : null;
        return mended || (before is null && _known is not null && Finds(_known, record)) ? _now : null;
    }

    public void Touch(int ordinal)
    {
        if (ordinal >= 0) _touched.Add(ordinal);
    }

    private static bool Finds(AccountFinder finder, RecordReader record) =>
        record.Broken is null && finder.Find(record, new RowFindings(), out _) >= 0;
}
