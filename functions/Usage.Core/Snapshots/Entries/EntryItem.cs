namespace Usage.Core.Snapshots.Entries;

/// <summary>An entry in an <see cref="EntryBuffer"/>: its key, where its values are, and what <see cref="EntryFormat"/> calls info.</summary>
internal readonly record struct EntryItem(EntryKey Key, int Offset, int Length, int Info);
