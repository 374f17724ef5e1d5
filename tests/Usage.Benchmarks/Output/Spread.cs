using System.Globalization;

namespace Usage.Benchmarks.Output;

/// <summary>Several measurements of one thing: the median counts, the spread says how far to trust it.</summary>
internal readonly record struct Spread(double Median, double Min, double Max)
{
    public static Spread Of(IEnumerable<double> measured)
    {
        double[] sorted = [.. measured.Order()];
        var middle = sorted.Length / 2;
        return new(sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2, sorted[0], sorted[^1]);
    }

    /// <summary>As in <c>1.20 (1.15–1.31)</c>; the spread only where there is one.</summary>
    public string Show(string format)
    {
        var (median, min, max) = (Text(Median, format), Text(Min, format), Text(Max, format));
        return min == max ? median : $"{median} ({min}–{max})";
    }

    public static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
