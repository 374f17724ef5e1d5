namespace Usage.Core.Snapshots.Entries;

/// <summary>
/// The format in which reading a batch leaves its values for the merge. A slice holds the entries of one batch and one partition,
/// sorted by (block, product, date descending, account, cell date, row):
/// <code>
/// slice   = version:byte entry*                     nothing at all, not even the version, where there is no entry
/// entry   = length:varint                           bytes that follow of this entry
///           account:varint product:varint           ordinal of the account; index of the product in the mapping
///           date:varint late:varint                 day number of the snapshot's date; days that the date cell lies after it
///           row:varint info:varint                  info = values * 16 + (the kind of key that found the account) * 4
///                                                       + (2 when a value is more than a refusal) + (1 when no cell of the row was bad)
///           value*
/// value   = tag:varint payload                      tag = index of the dimension in its product * 8 + kind
/// payload = 8 bytes little-endian (kind 0, number) · length:varint UTF-8 (1, text) · nothing (2, false; 3, true or counted;
///           4, the stored value is taken away; 5, a cell was refused that the dimension's total lacks)
/// </code>
/// A row whose date was refused has an entry without values, of the date <see cref="Undated"/>, so that it comes before the totals that
/// lack it. Refusals are kept only for totals: without history there are none.
/// A varint is seven bits a byte, the low ones first, the high bit set on all but the last.
/// </summary>
public static class EntryFormat
{
    public const byte Version = 3;

    public const int MaxProducts = 1 << 16;

    /// <summary>Of info.</summary>
    internal const int Clean = 1;
    internal const int Given = 2;
    internal const int MatchShift = 2;
    internal const int MatchMask = 3;
    internal const int InfoBits = 4;

    internal const int KindBits = 3;
    internal const int NumberKind = 0;
    internal const int TextKind = 1;
    internal const int FalseKind = 2;
    internal const int TrueKind = 3;
    internal const int ClearedKind = 4;
    internal const int RefusedKind = 5;

    /// <summary>A day number after all dates.</summary>
    internal const int Undated = EntryKey.LastDay;

    /// <summary>Entries are shorter: 1,000 columns of the largest cells would not reach it.</summary>
    internal const int MaxEntryBytes = 1 << 30;
}
