using Usage.Core.Values.Numbers;

namespace Usage.Core.Suggestions.Columns;

/// <summary>What a column's cells are as numbers.</summary>
internal sealed class NumberEvidence
{
    private readonly HashSet<string> _currencies = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _units = new(StringComparer.OrdinalIgnoreCase);
    private long _point;
    private long _comma;
    private long _identifiers;
    private bool _percent;
    private bool _parentheses;
    private bool _trailingMinus;
    private bool _indian;

    public double Min { get; private set; } = double.MaxValue;

    public double Max { get; private set; } = double.MinValue;

    public bool AllWhole { get; private set; } = true;

    /// <summary>With the separator that makes more of them numbers.</summary>
    public long Count => Math.Max(_point, _comma);

    /// <summary>Zeros in front, or more digits than a number keeps.</summary>
    public bool AreIdentifiers => _identifiers > 0;

    /// <summary>Several units or currencies in one column: their numbers can't be compared.</summary>
    public bool IsMixed => _units.Count > 1 || _currencies.Count > 1;

    public IEnumerable<string> Affixes => _currencies.Concat(_units);

    public void Add(NumericCell cell)
    {
        if (cell.AsPoint) _point++;
        if (cell.AsComma) _comma++;
        if (cell.IsIdentifier) _identifiers++;
        (Min, Max) = (Math.Min(Min, cell.Value), Math.Max(Max, cell.Value));
        if (cell.Value != Math.Floor(cell.Value)) AllWhole = false;
        if (cell.Marks is not { IsNone: false } marks) return;
        if (marks.Currency is { } currency && _currencies.Count < 3) _currencies.Add(currency);
        if (marks.Unit is { } unit && _units.Count < 3) _units.Add(unit);
        _percent |= marks.Percent;
        _parentheses |= marks.Parentheses;
        _trailingMinus |= marks.TrailingMinus;
        _indian |= marks.Indian;
    }

    /// <summary>What is to be declared of the column's numbers; null: nothing.</summary>
    public NumberFormat? Format()
    {
        var format = new NumberFormat
        {
            Affixes = [.. Affixes.Order(StringComparer.Ordinal)],
            Percent = _percent ? PercentSign.Keep : null,
            Parentheses = _parentheses,
            TrailingMinus = _trailingMinus,
            Grouping = _indian ? DigitGrouping.Indian : DigitGrouping.Standard,
        };
        return format.Affixes.Count > 0 || _percent || _parentheses || _trailingMinus || _indian ? format : null;
    }
}
