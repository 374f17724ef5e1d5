using Usage.Core.Files;

namespace Usage.Core.Snapshots.Rows;

/// <summary>
/// The format in which it is kept what reading found of a batch's rows, so that any of them is found again, and read again as the import
/// read it, without reading the batch: about 4 bytes a row, and 3 more for one that wasn't accepted.
/// <code>
/// table    = segment* several marks found
/// segment  = offset:uint32 account:uint32*          where its first row begins, from the batch's first byte;
///                                                   as many rows as about 8 KB hold, 128 at most; the last one fewer
/// account  = 0 none was found · 1 + (ordinal * rules + rule) * 2 · 2 + (place in several * rules + rule) * 2
/// several  = count:varint (count ordinal*)*         the accounts that an ambiguous key found, each set once; ordinals as distances
/// marks    = (distance:varint head:varint finding:varint*)*
///                                                   the run's own rows that weren't accepted, by their distance to the one before;
///                                                   head = findings * 8 + outcome; findings as the batch's summary numbers them
/// found    = (finding:varint count:varint length:varint UTF-8)*
///                                                   the different texts of each finding, in the order of the rows
/// </code>
/// uint32 is little-endian; a varint is as in <see cref="Entries.EntryFormat"/>.
/// </summary>
internal static class RowTableFormat
{
    private const int UsualBytes = 8_192;
    private const int MostRows = 128;

    public const int OutcomeBits = 3;

    /// <summary>How many rows a segment of the batch has.</summary>
    public static int Stride(BatchRange batch) => (int)Math.Clamp(UsualBytes * batch.Rows / Math.Max(1, batch.Length), 1, MostRows);

    public static int SegmentBytes(BatchRange batch) => sizeof(uint) * (1 + Stride(batch));

    public static uint AccountCode(int value, bool several, int rules, int rule) =>
        checked((uint)(1 + ((((long)value * rules) + rule) * 2) + (several ? 1 : 0)));

    /// <param name="code">Not 0.</param>
    public static (int Value, bool Several, int Rule) Account(uint code, int rules)
    {
        var (value, rule) = Math.DivRem((code - 1) / 2, (uint)rules);
        return ((int)value, IsSeveral(code), (int)rule);
    }

    public static bool IsSeveral(uint code) => code != 0 && (code - 1) % 2 == 1;
}
