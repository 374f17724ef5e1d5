using Usage.Core.Issues;

namespace Usage.Core.Values.Dates;

/// <summary>Cells that prove an order, or leave it open: how many, and the first few.</summary>
internal sealed class DateOrderEvidence
{
    private readonly List<Sample> _samples = new(RunIssue.MaxSamples);

    public long Count { get; private set; }

    public IReadOnlyList<Sample> Samples => _samples;

    public void Add(long row, ReadOnlySpan<byte> cell, DateOnly dayFirst, DateOnly monthFirst)
    {
        Count++;
        if (_samples.Count < RunIssue.MaxSamples)
            _samples.Add(new Sample(row, CellText.Shown(cell), (char)Separator(cell), dayFirst, monthFirst));
    }

    private static byte Separator(ReadOnlySpan<byte> cell) => cell[cell.IndexOfAny((byte)'/', (byte)'-')];

    internal sealed record Sample(long Row, string Found, char Separator, DateOnly DayFirst, DateOnly MonthFirst);
}
