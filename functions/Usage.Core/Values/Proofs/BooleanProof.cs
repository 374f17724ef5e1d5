using System.Text;
using Usage.Core.Issues;

namespace Usage.Core.Values.Proofs;

/// <summary>
/// Looks at all cells of one boolean column without declared words. Known words of one side only beside unknown ones, such as N beside J,
/// would record half of the column.
/// </summary>
/// <param name="metric">Of a long file, where a column holds the values of many; null: all cells of the column are looked at.</param>
internal sealed class BooleanProof(string column, string? metric = null)
{
    private static readonly WordList NoWords = new(["n/a", "na", "null", "none", "-", "?", "unknown", "#N/A"]);

    private readonly CellSamples _others = new();
    private bool _yes;
    private bool _no;
    private string _known = "";

    private string OfMetric => metric is null ? "" : $" of metric \"{CellText.Shown(metric)}\"";

    /// <summary>Both sides are known, so that no further cell matters.</summary>
    public bool Settled => _yes && _no;

    /// <summary>Whether the cell could change anything.</summary>
    /// <param name="cell">Trimmed.</param>
    public bool IsEvidence(ReadOnlySpan<byte> cell) => !cell.IsEmpty && BooleanWords.Known(cell) switch
    {
        true => !_yes,
        false => !_no,
        _ => true,
    };

    /// <param name="cell">Trimmed, not empty, and no null token.</param>
    public void Observe(ReadOnlySpan<byte> cell, long row)
    {
        if (BooleanWords.Known(cell) is not { } word)
        {
            if (!NoWords.Contains(cell)) _others.Add(cell, row, column);
            return;
        }
        if (!_yes && !_no) _known = Encoding.UTF8.GetString(cell);
        if (word) _yes = true;
        else _no = true;
    }

    public Verdict Decide()
    {
        if (_yes == _no || _others.Cells == 0) return default;
        var side = _yes ? "true" : "false";
        return Verdict.Fail(IssueCode.BooleanWordsUndecided,
            $"column \"{column}\"{OfMetric}: {_others} {(_others.Cells == 1 ? "is no known word" : "are no known words")}, "
            + $"while the known ones (such as \"{_known}\") all mean {side}; "
            + "declare the column's words in the mapping, such as \"boolean\": {\"true\": [\"J\"], \"false\": [\"N\"]}",
            _others.Cells, _others.ForIssue($"a known word, as \"{_known}\" is, or a declared one"));
    }
}
