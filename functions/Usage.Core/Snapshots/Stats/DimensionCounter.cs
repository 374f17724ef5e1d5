using Usage.Core.Products;
using Usage.Core.Snapshots.Merging;
using Usage.Core.Values;

namespace Usage.Core.Snapshots.Stats;

/// <summary>Adds up one dimension's values, those of a run's groups or those read back from the table.</summary>
public sealed class DimensionCounter
{
    /// <summary>Texts that the result tells at most.</summary>
    public const int MaxCounts = 20;

    private readonly TextCounter _texts = new();
    private CompensatedSum _sum;
    private double _min = double.PositiveInfinity;
    private double _max = double.NegativeInfinity;
    private long _true;
    private long _false;
    private long _textValues;

    public void Add(UsageValue value)
    {
        switch (value.Type)
        {
            case DataType.Numeric:
                _sum.Add(value.Number);
                _min = Math.Min(_min, value.Number);
                _max = Math.Max(_max, value.Number);
                break;
            case DataType.Boolean:
                if (value.Boolean) _true++;
                else _false++;
                break;
            default:
                _textValues++;
                _texts.Add(value.Text ?? "");
                break;
        }
    }

    public DimensionStats ToStats()
    {
        var (counts, others) = _texts.ToCounts(MaxCounts);
        return new DimensionStats
        {
            Accounts = _sum.Count + _true + _false + _textValues,
            Sum = _sum.Total,
            Min = _sum.Count == 0 ? null : _min,
            Max = _sum.Count == 0 ? null : _max,
            True = _true,
            False = _false,
            Counts = counts,
            OtherTexts = others,
        };
    }
}
