namespace Usage.Core.Values.Numbers;

/// <summary>What becomes of a number that carries a percent sign: 12.5% is 12.5 or 0.125.</summary>
public enum PercentSign { Keep, Divide }

/// <summary>Where the groups of a number's digits are: 1,234,567 or 12,34,567, or nowhere.</summary>
public enum DigitGrouping { Standard, Indian, None }

/// <summary>What the numbers of one mapped column may carry besides their digits. Nothing of it is understood unless declared.</summary>
public sealed record NumberFormat
{
    /// <summary>Currencies and units, such as <c>$</c> and <c>GB</c>: taken off at the start or the end, in any case.</summary>
    public IReadOnlyList<string> Affixes { get; init; } = [];

    /// <summary>Null: a percent sign is no part of a number.</summary>
    public PercentSign? Percent { get; init; }

    /// <summary><c>(5)</c> is -5.</summary>
    public bool Parentheses { get; init; }

    /// <summary><c>5-</c> is -5.</summary>
    public bool TrailingMinus { get; init; }

    public DigitGrouping Grouping { get; init; } = DigitGrouping.Standard;
}
