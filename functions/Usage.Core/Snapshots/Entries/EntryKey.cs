namespace Usage.Core.Snapshots.Entries;

/// <summary>
/// The total order of entries, packed so that two comparisons decide: (block, product, date descending), then (account in its
/// block, cell date, row). No two entries of a file are equal, so every way to merge them gives the same sequence.
/// </summary>
internal readonly record struct EntryKey(ulong Group, ulong Place) : IComparable<EntryKey>
{
    internal const int LastDay = (1 << 22) - 1;

    /// <param name="block">Or any number below 2^26 by which blocks are to be sorted.</param>
    public static EntryKey Of(int block, int accountInBlock, int product, int date, int cellDate, long row) => new(
        ((ulong)block << 38) | ((ulong)product << 22) | (uint)(LastDay - date),
        ((ulong)accountInBlock << 57) | ((ulong)cellDate << 35) | (ulong)row);

    public int Block => (int)(Group >> 38);

    public int Product => (int)(Group >> 22) & 0xFFFF;

    /// <summary>Day number.</summary>
    public int Date => LastDay - (int)(Group & LastDay);

    /// <summary>Of the account.</summary>
    public int Ordinal => (Block * Partitioning.BlockSize) + AccountInBlock;

    public int AccountInBlock => (int)(Place >> 57);

    /// <summary>Day number of the cell's own date, before it became a snapshot's.</summary>
    public int CellDate => (int)(Place >> 35) & LastDay;

    public long Row => (long)(Place & ((1UL << 35) - 1));

    public int CompareTo(EntryKey other) => Group != other.Group ? Group.CompareTo(other.Group) : Place.CompareTo(other.Place);
}
