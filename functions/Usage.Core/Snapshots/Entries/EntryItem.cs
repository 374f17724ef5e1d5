namespace Usage.Core.Snapshots.Entries;

/// <summary>
/// An entry in an <see cref="EntryBuffer"/>: its key, where its values begin, and what <see cref="EntryFormat"/> calls info. Its values
/// end where the next entry's begin.
/// </summary>
internal record struct EntryItem(EntryKey Key, int Offset, int Info)
{
    /// <summary>In place: an item that is copied so soon after it was written waits for the copy.</summary>
    public void MarkClean() => Info |= 1;
}
