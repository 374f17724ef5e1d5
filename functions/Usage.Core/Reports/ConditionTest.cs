using Usage.Core.Values;

namespace Usage.Core.Reports;

/// <summary>
/// Whether a stored value meets a condition. Texts are equal when they are the same; one contains another whatever the case.
/// </summary>
public static class ConditionTest
{
    /// <param name="value">Stored on the date that counts; null: none.</param>
    /// <param name="before">Stored on the product's date before; null: none.</param>
    public static bool Meets(Condition condition, UsageValue? value, UsageValue? before)
    {
        if (condition.Op == SegmentOperator.Missing) return value is null;
        if (value is not { } stored) return false;
        if (condition.Op == SegmentOperator.Exists) return true;
        if (condition.Value is not { } wanted) return false;
        return condition.Op switch
        {
            SegmentOperator.Contains => stored.Text is { } text
                && wanted.Text is { } part && text.Contains(part, StringComparison.OrdinalIgnoreCase),
            SegmentOperator.ChangePercentLt => Change(stored, before) < wanted.Number,
            SegmentOperator.ChangePercentGt => Change(stored, before) > wanted.Number,
            // A value of another type belongs to an older dimension with the same id.
            _ => stored.Type == wanted.Type && Compares(condition.Op, Compare(stored, wanted)),
        };
    }

    public static bool IsChange(SegmentOperator op) => op is SegmentOperator.ChangePercentLt or SegmentOperator.ChangePercentGt;

    private static bool Compares(SegmentOperator op, int order) => op switch
    {
        SegmentOperator.Eq => order == 0,
        SegmentOperator.Ne => order != 0,
        SegmentOperator.Lt => order < 0,
        SegmentOperator.Le => order <= 0,
        SegmentOperator.Gt => order > 0,
        SegmentOperator.Ge => order >= 0,
        _ => false,
    };

    private static int Compare(UsageValue a, UsageValue b) =>
        a.Type == DataType.Text ? string.CompareOrdinal(a.Text, b.Text) : a.Number.CompareTo(b.Number);

    /// <summary>Null where there is no percentage: nothing before, or nothing but zero.</summary>
    private static double? Change(UsageValue now, UsageValue? before)
    {
        if (before is not { Type: DataType.Numeric } old || now.Type != DataType.Numeric) return null;
        if (old.Number == 0) return now.Number == 0 ? 0 : null;
        return (now.Number - old.Number) / Math.Abs(old.Number) * 100;
    }
}
