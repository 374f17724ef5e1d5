namespace Usage.Core.Files.Reading;

/// <summary>Rows of a batch that came back in a corrected file. All of them are the fix's rows, whatever became of them.</summary>
/// <param name="After">
/// How many of the earlier children had mended the rows before they were rejected as they were sent out: a cell that is as it was then
/// wasn't corrected, and what others mended of it since stays.
/// </param>
public sealed record CorrectedRows(int After, IReadOnlyList<CorrectedRow> Rows)
{
    public static CorrectedRows None { get; } = new(0, []);
}

/// <param name="Row">As its run counts it.</param>
/// <param name="Cells">By the places of the columns of the run's file; null: the corrected file doesn't have that column.</param>
public sealed record CorrectedRow(long Row, IReadOnlyList<string?> Cells);
