using System.Text;
using Usage.Core.Integrations;

namespace Usage.Core.Files.Shapes;

/// <summary>The metrics that dimensions of a long file name, each with what is kept for it. Safe for many threads.</summary>
internal sealed class MetricNames<T>
    where T : class
{
    /// <summary>No mapped metric is longer: 255 UTF-16 units take at most three bytes each.</summary>
    private const int MaxBytes = 768;

    private readonly Dictionary<string, T>.AlternateLookup<ReadOnlySpan<char>> _metrics;

    public MetricNames(IEnumerable<MappedDimension> dimensions, Func<IReadOnlyList<MappedDimension>, T> kept) => _metrics =
        dimensions.GroupBy(dimension => CellText.Trim(dimension.Metric!), StringComparer.OrdinalIgnoreCase)
            .ToDictionary(metric => metric.Key, metric => kept([.. metric]), StringComparer.OrdinalIgnoreCase)
            .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>As they are written in the mapping.</summary>
    public IReadOnlyCollection<string> Names => _metrics.Dictionary.Keys;

    /// <param name="cell">Trimmed.</param>
    /// <returns>Null: no dimension names the metric.</returns>
    public T? Find(ReadOnlySpan<byte> cell)
    {
        if (cell.Length > MaxBytes) return null;
        Span<char> chars = stackalloc char[MaxBytes];
        return _metrics.TryGetValue(chars[..Encoding.UTF8.GetChars(cell, chars)], out var kept) ? kept : null;
    }
}
