using System.Buffers.Binary;
using System.Text;
using Usage.Core.Files;
using Usage.Core.Issues;
using Usage.Core.Snapshots.Entries;

namespace Usage.Core.Snapshots.Rows;

/// <summary>Reads the parts of a batch's table, see <see cref="RowTableFormat"/>.</summary>
public static class RowTable
{
    /// <summary>The part that has some rows, whole segments of them.</summary>
    /// <param name="first">The first row, by its number.</param>
    /// <param name="last">The last row.</param>
    public static (long Offset, int Length) Segments(BatchRange batch, long first, long last)
    {
        var (from, to) = (SegmentOf(batch, first), SegmentOf(batch, last));
        var (whole, bytes) = (SegmentOf(batch, batch.FirstRow + batch.Rows - 1) + 1, RowTableFormat.SegmentBytes(batch));
        var offset = (long)from * bytes;
        // The next segment's offset says where the last of these ends.
        var end = to + 1 < whole ? ((to + 1L) * bytes) + sizeof(uint) : sizeof(uint) * (whole + batch.Rows);
        return (offset, (int)(end - offset));
    }

    /// <summary>Where the rows of that part stand in the file, and their accounts.</summary>
    /// <param name="part">As <see cref="Segments"/> says for the same rows.</param>
    public static (BatchRange Range, uint[] Accounts) Read(BatchRange batch, long first, long last, ReadOnlySpan<byte> part)
    {
        var (from, to, stride) = (SegmentOf(batch, first), SegmentOf(batch, last), RowTableFormat.Stride(batch));
        var start = (long)from * stride;
        var rows = Math.Min(((to + 1L) * stride) - start, batch.Rows - start);
        var accounts = new uint[rows];
        for (var row = 0; row < rows; row++) accounts[row] = AccountAt(batch, part, row);
        var offset = Take(part, 0);
        var isLast = start + rows == batch.Rows;
        var end = isLast ? batch.Length : Take(part, (to + 1 - from) * RowTableFormat.SegmentBytes(batch));
        return (new BatchRange(batch.Index, batch.Offset + offset, end - offset, batch.FirstRow + start, rows), accounts);
    }

    /// <summary>Whether some row is an account's.</summary>
    /// <param name="rules">How many match rules the integration has.</param>
    public static bool Has(uint[] accounts, int ordinal, int rules) => Array.Exists(
        accounts, code => code != 0 && RowTableFormat.Account(code, rules) is { Several: false } found && found.Value == ordinal);

    /// <summary>Whether an account is one of several that an ambiguous key found.</summary>
    public static bool HasSeveral(uint[] accounts) => Array.Exists(accounts, RowTableFormat.IsSeveral);

    /// <summary>The accounts of ambiguous keys.</summary>
    public static IReadOnlyList<int[]> Several(ReadOnlySpan<byte> part)
    {
        var position = 0;
        var several = new int[(int)Varint.Read(part, ref position)][];
        for (var i = 0; i < several.Length; i++)
        {
            var (ordinals, last) = (new int[(int)Varint.Read(part, ref position)], 0);
            for (var j = 0; j < ordinals.Length; j++) ordinals[j] = last += (int)Varint.Read(part, ref position);
            several[i] = ordinals;
        }

        return several;
    }

    /// <summary>The rows that were rejected in part or whole, by their numbers.</summary>
    public static IReadOnlyList<long> Rejected(BatchRange batch, ReadOnlySpan<byte> marks)
    {
        var rows = new List<long>();
        var marked = new RowMarks(marks, wanted: null);
        while (marked.MoveNext())
            if (marked.Outcome is RowOutcome.Partial or RowOutcome.Unmatched or RowOutcome.Ambiguous or RowOutcome.Invalid)
                rows.Add(batch.FirstRow + marked.Place);
        return rows;
    }

    /// <summary>The different texts of findings, in the order of the rows.</summary>
    public static IReadOnlyList<FoundText> Found(ReadOnlySpan<byte> part)
    {
        var (position, found) = (0, new List<FoundText>());
        while (position < part.Length)
        {
            var (finding, count) = ((int)Varint.Read(part, ref position), (long)Varint.Read(part, ref position));
            var length = (int)Varint.Read(part, ref position);
            found.Add(new FoundText(finding, Encoding.UTF8.GetString(part.Slice(position, length)), count));
            position += length;
        }

        return found;
    }

    /// <param name="segments">Some of the batch.</param>
    /// <param name="place">Of the row, 0 for the first of them.</param>
    internal static uint AccountAt(BatchRange batch, ReadOnlySpan<byte> segments, long place)
    {
        var (segment, row) = Math.DivRem(place, RowTableFormat.Stride(batch));
        return Take(segments, (int)((segment * RowTableFormat.SegmentBytes(batch)) + (sizeof(uint) * (1 + row))));
    }

    private static int SegmentOf(BatchRange batch, long row) => (int)((row - batch.FirstRow) / RowTableFormat.Stride(batch));

    private static uint Take(ReadOnlySpan<byte> part, int position) => BinaryPrimitives.ReadUInt32LittleEndian(part[position..]);
}

/// <param name="Finding">Its number in the batch's summary.</param>
/// <param name="Count">In the batch.</param>
public readonly record struct FoundText(int Finding, string Text, long Count);
