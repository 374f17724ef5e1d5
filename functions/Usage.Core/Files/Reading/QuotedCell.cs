namespace Usage.Core.Files.Reading;

internal enum QuoteState { Unquoted, Closed, TextAfter, Open }

/// <summary>
/// Whether the quote that a cell starts with is closed properly. CsvHelper recovers from bad quotes without saying so; it can report
/// them, but then it makes a string of each such record, for harmless stray quotes too.
/// </summary>
internal static class QuotedCell
{
    public const string SpaceHint = "a space before a quote makes the quotes part of the cell";

    /// <summary>White space, then a quote: such a cell is not quoted, though somebody may have meant it.</summary>
    /// <param name="raw">The cell as it stands in the file.</param>
    public static bool HasSpaceBefore(ReadOnlySpan<byte> raw) =>
        !raw.IsEmpty && raw[0] != '"' && CellText.Trim(raw) is [(byte)'"', ..];

    /// <param name="raw">The cell as it stands in the file, quotes included.</param>
    public static QuoteState StateOf(ReadOnlySpan<byte> raw)
    {
        if (raw.IsEmpty || raw[0] != '"') return QuoteState.Unquoted;
        for (var rest = raw[1..]; ;)
        {
            var quote = rest.IndexOf((byte)'"');
            if (quote < 0) return QuoteState.Open;
            rest = rest[(quote + 1)..];
            if (rest.IsEmpty) return QuoteState.Closed;
            // White space after a closing quote is as harmless as any outer white space.
            if (rest[0] != '"') return CellText.Trim(rest).IsEmpty ? QuoteState.Closed : QuoteState.TextAfter;
            rest = rest[1..];
        }
    }
}
