using Usage.Core.Issues;
using Usage.Core.Values.Numbers;

namespace Usage.Core.Values.Proofs;

/// <summary>
/// Looks at the cells of all numeric columns of a file and finds out which decimal separator they prove, or whether they contradict the
/// declared one. A cell that is a number one way only proves that way; one that is another number the other way is ambiguous.
/// </summary>
internal sealed class DecimalProof(char? declared)
{
    private readonly CellSamples _point = new();
    private readonly CellSamples _comma = new();
    private readonly CellSamples _ambiguous = new();

    /// <summary>A cell without either character is the same number both ways, or none.</summary>
    public static bool IsEvidence(ReadOnlySpan<byte> cell) => cell.IndexOfAny((byte)'.', (byte)',') >= 0;

    /// <param name="cell">Trimmed, and no null token.</param>
    public void Observe(NumberReader numbers, ReadOnlySpan<byte> cell, long row, string column)
    {
        if (Obvious(cell) is { } separator)
        {
            (separator == '.' ? _point : _comma).Add(cell, row, column);
            return;
        }
        var asPoint = numbers.Read(cell, (byte)'.', out var one);
        var asComma = numbers.Read(cell, (byte)',', out var other);
        var (isPoint, isComma) = (asPoint != NumberState.NotANumber, asComma != NumberState.NotANumber);
        if (isPoint && isComma)
        {
            if (asPoint != asComma || one != other) _ambiguous.Add(cell, row, column);
        }
        else if (isPoint) _point.Add(cell, row, column);
        else if (isComma) _comma.Add(cell, row, column);
    }

    /// <param name="separator">Counts unless the verdict is an error.</param>
    public Verdict Decide(out char separator)
    {
        separator = declared ?? (_comma.Cells > _point.Cells ? ',' : '.');
        if (_ambiguous.Cells == 0) return default;
        if (declared is not null)
        {
            var (own, other) = declared == '.' ? (_point, _comma) : (_comma, _point);
            return other.Cells > own.Cells ? Contradicted(other) : default;
        }
        if (_point.Cells > 0 && _comma.Cells > 0) return Contradicted();
        // One slip of a row must not turn 25,000 into 25.
        if (_comma.Rows == 1) return Undecided();
        return _point.Cells + _comma.Cells > 0 ? default : Verdict.Warn(IssueCode.DecimalSeparatorAssumed, _ambiguous.Cells,
            _ambiguous.ForIssue("a number with only one meaning; no cell proves the decimal separator, so it was read with a point. "
                + "Declare the integration's file.decimalSeparator"));
    }

    /// <summary>
    /// The usual case, decided quickly: digits, one separator, and not just three digits behind it, which could be a group as well.
    /// </summary>
    private static char? Obvious(ReadOnlySpan<byte> cell)
    {
        var (first, found) = (cell[0] == '-' ? 1 : 0, -1);
        for (var at = first; at < cell.Length; at++)
        {
            if ((uint)(cell[at] - '0') <= 9) continue;
            if (found >= 0 || cell[at] is not ((byte)'.' or (byte)',')) return null;
            found = at;
        }

        return found <= first || found + 1 == cell.Length || cell.Length - found == 4 ? null : (char)cell[found];
    }

    private Verdict Contradicted(CellSamples other) => Verdict.Fail(IssueCode.DecimalSeparatorContradicted,
        $"the declared decimal separator is {Shown(declared!.Value)}, but {other} {AreNumbers(other)} only with {Shown(Other)}, "
        + $"and {_ambiguous} would be {(_ambiguous.Cells == 1 ? "another number" : "other numbers")} with it; "
        + "mend the integration's file.decimalSeparator (null finds out), or write all numbers one way",
        other.Cells, other.ForIssue($"a number with the declared {Shown(declared.Value)}"));

    private Verdict Contradicted() => Verdict.Fail(IssueCode.DecimalSeparatorContradicted,
        $"{_point} {AreNumbers(_point)} only with a decimal point, {_comma} only with a decimal comma, and {_ambiguous} could be either; "
        + "write all numbers one way, or declare the integration's file.decimalSeparator",
        _point.Cells + _comma.Cells,
        _point.ForIssue("one decimal separator in the whole file; this is a point")
            .Concat(_comma.ForIssue("one decimal separator in the whole file; this is a comma")));

    private Verdict Undecided() => Verdict.Fail(IssueCode.DecimalSeparatorUndecided,
        $"{_ambiguous} could be thousands or have a decimal comma, and only one row proves the comma: {_comma}, which may be a slip; "
        + "declare the integration's file.decimalSeparator",
        _comma.Cells + _ambiguous.Cells,
        _comma.ForIssue("more than one row that proves the decimal comma")
            .Concat(_ambiguous.ForIssue("a number that is the same with a decimal point and a decimal comma")));

    private char Other => declared == '.' ? ',' : '.';

    private static string AreNumbers(CellSamples cells) => cells.Cells == 1 ? "is a number" : "are numbers";

    private static string Shown(char separator) => $"\"{separator}\"";
}
