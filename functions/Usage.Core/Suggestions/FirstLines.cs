using Usage.Core.Files.Sources;
using Usage.Core.Issues;
using Usage.Core.Suggestions.Samples;
using Usage.Core.Values;

namespace Usage.Core.Suggestions;

/// <summary>Some lines of a file as they are, before anything is read of them; of a workbook, those of a sheet as CSV.</summary>
/// <param name="Encoding">As an integration declares it.</param>
/// <param name="Sheets">Of a workbook.</param>
/// <param name="Complete">No line follows.</param>
public sealed record FirstLines(string Encoding, IReadOnlyList<string> Sheets, IReadOnlyList<FileLine> Lines, bool Complete)
{
    public const int MaxCount = 200;
    public const int MaxFrom = 100_000;

    private const int MaxLineBytes = 4_000;

    /// <summary>What a character becomes that is cut through.</summary>
    private const char Half = '\uFFFD';

    /// <summary>Nearly always holds all that is asked for.</summary>
    private const int FirstBytes = 1 << 20;

    /// <param name="file">Seekable; its first 16 MiB, unpacked, are looked at.</param>
    /// <param name="sheet">Null: the first visible one.</param>
    /// <param name="from">The first line, from 1.</param>
    /// <param name="count">Of lines.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The lines, or why the file has none that can be shown.</returns>
    public static async Task<(FirstLines? Lines, RunError? Error)> ReadAsync(
        Stream file, SheetChoice? sheet, int from, int count, CancellationToken cancellationToken)
    {
        try
        {
            var lines = await ReadAsync(file, sheet, from, count, FirstBytes, cancellationToken);
            if (lines.Complete || lines.Lines.Count == count) return (lines, null);
            file.Position = 0;
            return (await ReadAsync(file, sheet, from, count, SampleBytes.MaxHead, cancellationToken), null);
        }
        catch (FileRejectedException rejected)
        {
            return (null, rejected.Error);
        }
    }

    private static async Task<FirstLines> ReadAsync(
        Stream file, SheetChoice? sheet, int from, int count, int maxBytes, CancellationToken cancellationToken)
    {
        var bytes = await SampleBytes.ReadStartAsync(file, sheet, maxBytes, cancellationToken);
        if (sheet is not null && bytes.Workbook is null)
            throw new FileRejectedException(IssueCode.NotACsv, "the file: found no workbook, expected one, since a sheet is asked for");
        var text = SampleText.Of(bytes);
        var (lines, complete) = Split(text.Head.Span, bytes.Complete, from, count);
        return new FirstLines(text.Encoding, [.. (bytes.Workbook?.Sheets ?? []).Select(one => one.Name)], lines, complete);
    }

    private static (IReadOnlyList<FileLine> Lines, bool Complete) Split(ReadOnlySpan<byte> text, bool complete, int from, int count)
    {
        var lines = new List<FileLine>();
        for (var number = 1; lines.Count < count && !text.IsEmpty; number++)
        {
            var end = text.IndexOfAny((byte)'\r', (byte)'\n');
            // What goes on may be half a line; of one that is longer than what is shown of any, the beginning is known.
            if (end < 0 && !complete)
            {
                if (number >= from && text.Length > MaxLineBytes) lines.Add(Line(number, text));
                return (lines, false);
            }

            var line = end < 0 ? text : text[..end];
            if (number >= from) lines.Add(Line(number, line));
            text = end < 0 ? default : text[(end + (text[end..].StartsWith("\r\n"u8) ? 2 : 1))..];
        }

        return (lines, complete && text.IsEmpty);
    }

    private static FileLine Line(int number, ReadOnlySpan<byte> line) => line.Length <= MaxLineBytes
        ? new FileLine(number, System.Text.Encoding.UTF8.GetString(line), Cut: false)
        : new FileLine(number, System.Text.Encoding.UTF8.GetString(line[..MaxLineBytes]).TrimEnd(Half), Cut: true);
}

/// <param name="Number">As an editor shows it, from 1.</param>
/// <param name="Cut">The line goes on.</param>
public sealed record FileLine(int Number, string Text, bool Cut);
