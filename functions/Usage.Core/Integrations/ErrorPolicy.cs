namespace Usage.Core.Integrations;

public enum ErrorMode { SkipCell, SkipRow, Abort }

/// <summary>What becomes of rows and runs with bad cells; decided before the first snapshot is written.</summary>
public sealed record ErrorPolicy
{
    public ErrorMode Mode { get; init; } = ErrorMode.SkipCell;

    /// <summary>More partial, unmatched, ambiguous and invalid rows than this fail the run; null: no limit.</summary>
    public int? MaxErrors { get; init; }

    /// <summary>The same in percent (0 to 100) of the rows read.</summary>
    public double? MaxErrorPercent { get; init; }
}
