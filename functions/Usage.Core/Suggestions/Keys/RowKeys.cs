using System.IO.Hashing;
using Usage.Core.Products;
using Usage.Core.Suggestions.Columns;
using Usage.Core.Suggestions.Samples;

namespace Usage.Core.Suggestions.Keys;

/// <summary>How the keys of a sample's rows repeat: beside which dates, and within one period.</summary>
internal sealed class RowKeys
{
    private const int MostRows = 300_000;

    private readonly List<Row> _rows = [];

    public long Rows => _rows.Count;

    public int Keys => _rows.Select(row => row.Key).Distinct().Count();

    /// <param name="metric">Of a long file: rows of several metrics of one account and date are one.</param>
    public static RowKeys Of(SampleTable table, SampleAccounts accounts, ColumnProfile? date, ColumnProfile? metric)
    {
        var found = new RowKeys();
        var form = date?.Dates[0].Form;
        table.Read(row =>
        {
            if (found._rows.Count == MostRows) return;
            if (accounts.Of(row.GetCell) is not { } account) return;
            var day = default(DateOnly);
            if (form is not null && !form.Read(row.GetCell(date!.Place), out day)) return;
            found._rows.Add(new Row(account, metric is null ? 0 : Hash(row.GetCell(metric.Place)), day));
        });
        return found;
    }

    /// <summary>Keys that have several dates.</summary>
    public int KeysOfSeveralDates(SnapshotPeriod period) => _rows
        .Select(row => (row.Key, Day: SnapshotDates.Snap(period, row.Day))).Distinct()
        .GroupBy(row => row.Key).Count(key => key.Skip(1).Any());

    /// <summary>Rows beyond the first of an account, a date and a metric.</summary>
    public int Merged(SnapshotPeriod period) =>
        _rows.Count - _rows.Select(row => row with { Day = SnapshotDates.Snap(period, row.Day) }).Distinct().Count();

    /// <summary>The same whatever the case of its ASCII letters.</summary>
    public static ulong Hash(ReadOnlySpan<byte> cell)
    {
        var lower = cell.Length <= 256 ? stackalloc byte[256] : new byte[cell.Length];
        lower = lower[..cell.Length];
        for (var i = 0; i < cell.Length; i++) lower[i] = cell[i] is >= (byte)'A' and <= (byte)'Z' ? (byte)(cell[i] | 0x20) : cell[i];
        return XxHash3.HashToUInt64(lower);
    }

    private readonly record struct Row(ulong Key, ulong Metric, DateOnly Day);
}
