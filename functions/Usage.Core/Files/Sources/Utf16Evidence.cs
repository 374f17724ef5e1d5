using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Usage.Core.Files.Sources;

/// <summary>
/// UTF-16 without a byte order mark, of any script. What separates cells and rows is ASCII in every language: a NUL stands beside it,
/// always on the same side.
/// </summary>
internal static class Utf16Evidence
{
    private const int Looked = 1024;

    /// <summary>A text has some even where it is a header and a row of one column.</summary>
    private const int FewestMarks = 2;

    private static readonly SearchValues<char> Marks = SearchValues.Create(",;|\t\r\n");

    /// <summary>Bytes that are rarely half of a letter; ';' is half of a Cyrillic one.</summary>
    private static readonly SearchValues<byte> Separators = SearchValues.Create(",\t\r\n"u8);

    /// <summary>All of it reads as text in one of the two orders, and has separators.</summary>
    public static bool Is(ReadOnlySpan<byte> head) => MarksOf(head) >= FewestMarks;

    /// <summary>Nor would it do as text of one byte a character with a NUL here and there: most separators have one beside them.</summary>
    public static bool IsNothingElse(ReadOnlySpan<byte> head)
    {
        var marks = MarksOf(head);
        return marks >= FewestMarks && (CountOf(head[..Math.Min(head.Length, Looked)]) - marks) * 2 <= marks;
    }

    /// <summary>Which half of a character comes first, where it is known that it is UTF-16.</summary>
    public static bool IsBigEndian(ReadOnlySpan<byte> head)
    {
        var (big, little) = (Decode(head, bigEndian: true), Decode(head, bigEndian: false));
        var more = big.Count(Marks.Contains) - little.Count(Marks.Contains);
        // Where nothing is separated, it begins with ASCII nearly always.
        return more > 0 || (more == 0 && head is [0, _, ..]);
    }

    private static int MarksOf(ReadOnlySpan<byte> head) =>
        Math.Max(MarksOf(Decode(head, bigEndian: true)), MarksOf(Decode(head, bigEndian: false)));

    /// <summary>0 where it isn't all text.</summary>
    private static int MarksOf(char[] chars)
    {
        var marks = 0;
        for (ReadOnlySpan<char> rest = chars.AsSpan().TrimEnd("\0\u001a"); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var length) != OperationStatus.Done) return 0;
            if (Marks.Contains(rest[0])) marks++;
            else if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.OtherNotAssigned
                or UnicodeCategory.PrivateUse) return 0;
            rest = rest[length..];
        }

        return marks;
    }

    private static int CountOf(ReadOnlySpan<byte> head)
    {
        var count = 0;
        foreach (var one in head)
            if (Separators.Contains(one)) count++;
        return count;
    }

    /// <summary>Without half a character at the end of what is looked at.</summary>
    private static char[] Decode(ReadOnlySpan<byte> head, bool bigEndian)
    {
        var chars = new char[Math.Min(head.Length, Looked) / 2];
        for (var i = 0; i < chars.Length; i++)
            chars[i] = (char)(bigEndian
                ? BinaryPrimitives.ReadUInt16BigEndian(head[(2 * i)..]) : BinaryPrimitives.ReadUInt16LittleEndian(head[(2 * i)..]));
        return head.Length > Looked && char.IsHighSurrogate(chars[^1]) ? chars[..^1] : chars;
    }
}
