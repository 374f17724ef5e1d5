using System.Text;
using Usage.Core.Suggestions.Columns;
using Usage.Core.Suggestions.Reasons;
using Usage.Core.Suggestions.Samples;
using Usage.Core.Values.Numbers;
using Usage.Core.Values.Proofs;
using Usage.Core.Values;

namespace Usage.Core.Suggestions.Proposals;

/// <summary>The decimal separator, by the evidence by which an import finds it out.</summary>
internal static class Decimals
{
    /// <param name="numbers">The columns that feed numeric dimensions.</param>
    /// <returns>What to declare; null: nothing, since the file proves nothing or leaves it open.</returns>
    public static string? Find(SampleTable table, IReadOnlyList<ColumnProfile> numbers, IReadOnlyList<string> nullTokens, Notes notes)
    {
        var proof = new DecimalProof(declared: null);
        var tokens = new WordList(nullTokens);
        var readers = numbers.Select(column => (column, Reader: new NumberReader(column.NumberFormat))).ToList();
        var (comma, point, rows, last) = (default(string), default(string), 0, 0L);
        table.Read(row =>
        {
            foreach (var (column, reader) in readers)
            {
                var cell = row.GetCell(column.Place);
                if (!DecimalProof.IsEvidence(cell) || tokens.Contains(cell)) continue;
                proof.Observe(reader, cell, row.Row, column.Name);
                var (asPoint, asComma) = (Is(reader, cell, '.'), Is(reader, cell, ','));
                if (asComma && !asPoint)
                {
                    comma ??= Shown(row.Row, column, cell);
                    if (row.Row != last) rows++;
                    last = row.Row;
                }

                if (asPoint && !asComma) point ??= Shown(row.Row, column, cell);
            }
        });

        var verdict = proof.Decide(out var separator);
        if (verdict is { Error: { } error }) notes.Warn(error.Code, error.Message);
        else if (verdict is { Issue: { } issue }) notes.Warn(issue.Code, $"{issue.Samples[0].Message} ({issue.Count} cells)");
        if (verdict.Issue is { } open)
        {
            var sample = open.Samples[0];
            var reader = readers.First(one => one.column.Name == sample.Column).Reader;
            notes.LeaveOpen(
                "the decimal separator (file.decimalSeparator)", Option(reader, sample.Found!, '.'), Option(reader, sample.Found!, ','));
            return null;
        }

        if ((separator == ',' ? comma : point) is not { } proving) return null;
        notes.Because($"the decimal separator is \"{separator}\": {proving} is a number only so");
        // A point is what is taken in any case; a comma in one row may be a slip.
        return separator == ',' && rows > 1 ? "," : null;
    }

    private static ChoiceOption Option(NumberReader reader, string cell, char separator) => new(
        $"{separator}",
        reader.Read(Encoding.UTF8.GetBytes(cell), (byte)separator, out var number) == NumberState.Number
            ? FormattableString.Invariant($"\"{cell}\" is {number}") : $"\"{cell}\" is no number");

    private static bool Is(NumberReader reader, ReadOnlySpan<byte> cell, char separator) =>
        reader.Read(cell, (byte)separator, out _) != NumberState.NotANumber;

    private static string Shown(long row, ColumnProfile column, ReadOnlySpan<byte> cell) =>
        FormattableString.Invariant($"row {row}, column \"{column.Name}\", \"{CellText.Shown(cell)}\"");
}
