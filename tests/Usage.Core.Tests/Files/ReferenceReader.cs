using System.Globalization;
using System.Text;

namespace Usage.Core.Tests.Files;

/// <summary>The rules of quoting and lines, char by char and obviously right: bytes as Latin-1 text in, records out.</summary>
internal static class ReferenceReader
{
    public sealed record Record(IReadOnlyList<string> Cells, bool TextAfterQuote, bool Unclosed, string Raw);

    public static List<Record> Read(string text, char delimiter)
    {
        var mark = text.IndexOf('\u001a', text.TrimEnd('\0', '\u001a', '\r', '\n').Length);
        text = (mark < 0 ? text : text[..mark]).TrimEnd('\0', '\u001a');
        var records = new List<Record>();
        var at = 0;
        while (at < text.Length)
        {
            var record = ReadRecord(text, delimiter, ref at);
            if (record.Unclosed || !record.Cells.All(IsBlank)) records.Add(record);
        }
        return records;
    }

    /// <summary>What a row that is read so is broken for; null when it isn't.</summary>
    public static string? CodeOf(Record record, int columns) =>
        record.TextAfterQuote ? "malformed-quote"
        : record.Cells.Count < columns || !record.Cells.Skip(columns).All(IsBlank) ? "wrong-cell-count"
        : record.Raw.Contains('\0') ? "nul-byte"
        : !System.Text.Unicode.Utf8.IsValid(Encoding.Latin1.GetBytes(record.Raw)) ? "bad-encoding"
        : null;

    public static string Trim(string cell) =>
        string.Concat(Characters(cell).SkipWhile(character => character.IsWhite).Reverse().SkipWhile(character => character.IsWhite)
            .Reverse().Select(character => character.Bytes));

    private static Record ReadRecord(string text, char delimiter, ref int at)
    {
        var cells = new List<string>();
        var start = at;
        var textAfter = false;
        var unclosed = false;
        while (true)
        {
            cells.Add(at < text.Length && text[at] == '"'
                ? Quoted(text, delimiter, ref at, ref textAfter, ref unclosed) : Unquoted(text, delimiter, ref at));
            if (at < text.Length && text[at] == delimiter) at++;
            else break;
        }
        var raw = text[start..at];
        if (at < text.Length && text[at] == '\r') at += at + 1 < text.Length && text[at + 1] == '\n' ? 2 : 1;
        else if (at < text.Length) at++;
        return new Record(cells, textAfter, unclosed, raw);
    }

    private static string Quoted(string text, char delimiter, ref int at, ref bool textAfter, ref bool unclosed)
    {
        var cell = new StringBuilder();
        at++;
        while (true)
        {
            if (at == text.Length)
            {
                unclosed = true;
                return cell.ToString();
            }
            if (text[at] != '"') cell.Append(text[at++]);
            else if (at + 1 < text.Length && text[at + 1] == '"')
            {
                cell.Append('"');
                at += 2;
            }
            else break;
        }
        at++;
        var after = Unquoted(text, delimiter, ref at);
        if (!IsBlank(after)) textAfter = true;
        return cell + after;
    }

    private static string Unquoted(string text, char delimiter, ref int at)
    {
        var start = at;
        while (at < text.Length && text[at] != delimiter && text[at] is not ('\r' or '\n')) at++;
        return text[start..at];
    }

    private static bool IsBlank(string raw) => Characters(raw).All(character => character.IsWhite);

    /// <summary>
    /// The characters of UTF-8, each with its bytes. Bytes that are no UTF-8 are characters of their own, and no white space.
    /// </summary>
    private static IEnumerable<(string Bytes, bool IsWhite)> Characters(string latin1)
    {
        var bytes = Encoding.Latin1.GetBytes(latin1);
        for (var i = 0; i < bytes.Length;)
        {
            var isText = Rune.DecodeFromUtf8(bytes.AsSpan(i), out var rune, out var length) == System.Buffers.OperationStatus.Done;
            if (!isText) length = 1;
            var isWhite = isText && (Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format);
            yield return (latin1.Substring(i, length), isWhite);
            i += length;
        }
    }
}
