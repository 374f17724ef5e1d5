namespace Usage.Core.Snapshots.Stats;

/// <summary>What one dimension's values on one date come to. Which members say something depends on the dimension's type.</summary>
public sealed record DimensionStats
{
    /// <summary>Snapshots that have a value.</summary>
    public long Accounts { get; init; }

    /// <summary>Of numbers; beyond a double's range it stays at its end.</summary>
    public double Sum { get; init; }

    /// <summary>Null when there is no number.</summary>
    public double? Min { get; init; }

    /// <inheritdoc cref="Min"/>
    public double? Max { get; init; }

    public long True { get; init; }

    public long False { get; init; }

    /// <summary>Texts, the most frequent first, then by text (ordinal).</summary>
    public IReadOnlyList<TextCount> Counts { get; init; } = [];

    /// <summary>Values whose texts are not among <see cref="Counts"/>.</summary>
    public long OtherTexts { get; init; }
}

public sealed record TextCount(string Value, long Count);
