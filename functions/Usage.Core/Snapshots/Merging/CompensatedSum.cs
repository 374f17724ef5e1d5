namespace Usage.Core.Snapshots.Merging;

/// <summary>
/// Neumaier's sum: 0.1 + 0.2 + 0.3 is 0.6. Always added in the order of (cell date, row), so that it is the same however the file
/// was cut. A sum beyond a double's range stays at its end, since a table can't store infinity.
/// </summary>
internal struct CompensatedSum
{
    private const double Scale = 1.0 / (1UL << 60) / (1UL << 10);

    private double _sum;
    private double _lost;
    private double _scaled;

    public long Count { get; private set; }

    public void Add(double value)
    {
        var next = _sum + value;
        _lost += Math.Abs(_sum) >= Math.Abs(value) ? _sum - next + value : value - next + _sum;
        _sum = next;
        _scaled += value * Scale;
        Count++;
    }

    public readonly double Total
    {
        get
        {
            var total = _sum + _lost;
            return double.IsFinite(total) ? total : Math.Clamp(_scaled / Scale, double.MinValue, double.MaxValue);
        }
    }

    public readonly double Average
    {
        get
        {
            var total = _sum + _lost;
            return double.IsFinite(total) ? total / Count : Math.Clamp(_scaled / Count / Scale, double.MinValue, double.MaxValue);
        }
    }
}
