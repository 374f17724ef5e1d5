using Usage.Core.Files;
using Usage.Core.Files.Planning;
using Usage.Core.Files.Reading;
using Usage.Core.Files.Sources;
using Usage.Core.Issues;
using Usage.Core.Values;

namespace Usage.Core.Suggestions.Samples;

/// <summary>The table of a sample, whose rows are read as an import would read them.</summary>
/// <param name="Text">UTF-8; whole lines where the file goes on behind it.</param>
/// <param name="Complete">It is all of the file.</param>
/// <param name="IsSheet">Its rows end with their last cell that holds something.</param>
internal sealed record SampleTable(
    ReadOnlyMemory<byte> Text, TableStart Start, IReadOnlyList<IgnoreRule> IgnoreRows, string Encoding, bool Complete, bool IsSheet)
{
    public IReadOnlyList<string> Header { get; } = [.. Start.Header.Cells.Select(CellText.Name)];

    /// <exception cref="FileRejectedException">It has too many columns, or no row where its header should be.</exception>
    public static SampleTable Of(SampleText text, string name, int? headerRow, bool complete, bool isSheet, Func<string, bool> isAccount)
    {
        var head = complete ? text.Head : text.Head[..(text.Head.Span.LastIndexOf((byte)'\n') + 1)];
        if (head.IsEmpty)
            throw new FileRejectedException(
                IssueCode.CellTooLong, $"the file: found no end of a line in its first {text.Head.Length} bytes, expected a header row");
        var start = TableStart.Find(head, name, headerRow);
        var below = SampleRow.Read(head, start.Delimiter, int.MaxValue).Where(row => row.Line > start.Header.Line);
        var rules = StrayRows.Find(start.Header, below, SampleRow.Read(text.Tail, start.Delimiter, int.MaxValue), isAccount);
        var table = new SampleTable(head, start, rules, text.Encoding, complete, isSheet);
        HeaderRules.Check(table.Header, WantedColumns.None, start.Delimiter, new FileLimits());
        return table;
    }

    /// <param name="observe">Is called for each row that isn't broken.</param>
    /// <returns>What is ignored, and the rows that are broken as rows.</returns>
    /// <exception cref="FileRejectedException">A quote is never closed, or a cell too long.</exception>
    public (IReadOnlyList<IgnoredRows> Ignored, IReadOnlyList<BrokenRow> Broken) Read(Action<RecordReader> observe)
    {
        const int MaxBroken = 10;
        var limits = new FileLimits();
        using var reader = RecordReader.CreateForFile(
            new PrefixedStream(Text, Stream.Null), Start.Delimiter, offset: 0, Math.Max(limits.MaxRecordBytes, Text.Length + 2));
        var missing = IsSheet ? MissingCells.Blank : MissingCells.Invalid;
        var shape = new RowShape(Header, Encoding, ReservedColumns.Mark(Header), missing, IgnoreRows);
        var (ignored, broken, cells) = (new IgnoredLog(), new List<BrokenRow>(), new CellLimits(shape, limits));
        while (reader.Line < Start.Header.Line && reader.Read())
        {
        }

        new CellLimits(new RowShape([], "", mended: false), limits).Check(reader, row: 0);
        reader.StartRows(shape, ignored);
        while (reader.Read())
        {
            if (Complete) cells.Check(reader, reader.Row);
            if (reader.Broken is not { } wrong) observe(reader);
            else if (broken.Count < MaxBroken) broken.Add(wrong);
        }

        return (ignored.ToRows(), broken);
    }
}
