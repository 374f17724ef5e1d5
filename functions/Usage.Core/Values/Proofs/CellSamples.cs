using Usage.Core.Issues;
using static System.FormattableString;

namespace Usage.Core.Values.Proofs;

/// <summary>Cells that prove the same: how many, in how many rows, and the first few.</summary>
internal sealed class CellSamples
{
    private const int Named = 3;

    private readonly List<Sample> _samples = new(RunIssue.MaxSamples);
    private long _lastRow;

    public long Cells { get; private set; }

    public long Rows { get; private set; }

    /// <summary>For rows in their order.</summary>
    public void Add(ReadOnlySpan<byte> cell, long row, string column)
    {
        Cells++;
        if (row != _lastRow) Rows++;
        _lastRow = row;
        if (_samples.Count < RunIssue.MaxSamples) _samples.Add(new Sample(row, column, CellText.Shown(cell)));
    }

    /// <summary>For messages: the first ones, with their rows.</summary>
    public override string ToString()
    {
        var named = string.Join(", ", _samples.Take(Named).Select(s => Invariant($"row {s.Row} \"{s.Found}\"")));
        return Cells > Named ? Invariant($"{named} and {Cells - Named} more") : named;
    }

    /// <summary>The samples as those of an issue.</summary>
    public IEnumerable<IssueSample> ForIssue(string expected) => _samples.Select(s =>
        new IssueSample(s.Row, s.Column, s.Found, new CellProblem("", s.Found, expected).Message(s.Row, s.Column)));

    internal sealed record Sample(long Row, string Column, string Found);
}
