using Usage.Core.Files.Reading;
using Usage.Core.Files.Sources;
using Usage.Core.Integrations;
using Usage.Core.Issues;
using Usage.Core.Values;
using Usage.Core.Values.Dates;
using Usage.Core.Values.Proofs;

namespace Usage.Core.Files.Planning.Evidence;

/// <summary>What only all rows together tell about the cells: the order of dates, the decimal separator, the words of booleans.</summary>
internal sealed class CellEvidence
{
    private readonly DateColumns _dates;
    private readonly DecimalColumns _decimals;
    private readonly BooleanColumns _booleans;
    private readonly MetricColumns _metrics;

    /// <param name="ignored">Is told of a long file's metrics that no dimension names.</param>
    public CellEvidence(ImportMapping mapping, IReadOnlyList<string> header, IgnoredLog ignored)
    {
        var (columns, read) = (new ColumnMap(header), ReadColumn.Of(mapping, header));
        var tokens = Tokens(mapping.Integration.File);
        _dates = new(mapping, columns);
        _decimals = new(read, mapping.Integration.File.DecimalSeparator?[0], tokens);
        _booleans = new(read, tokens);
        _metrics = new(mapping, columns, _decimals, tokens, ignored);
    }

    /// <summary>Also called for rows that match no account.</summary>
    public void Observe(RecordReader row)
    {
        if (_dates.Any) _dates.Observe(row);
        _decimals.Observe(row);
        _booleans.Observe(row);
        if (_metrics.Any) _metrics.Observe(row);
    }

    /// <exception cref="FileRejectedException">The cells leave something open that must not be guessed.</exception>
    public Decided Decide()
    {
        var orders = _dates.Decide();
        Verdict[] verdicts = [_decimals.Decide(out var separator), .. _booleans.Decide(), .. _metrics.Decide()];
        foreach (var verdict in verdicts)
            if (verdict.Error is { } error) throw new FileRejectedException(error.Code, error.Message, [verdict.Issue!]);
        return new Decided(orders, separator, [.. verdicts.Select(verdict => verdict.Issue).OfType<RunIssue>()]);
    }

    /// <summary>Cells that are no values of a column prove nothing about it.</summary>
    private static WordList Tokens(FileFormat format) => new([.. format.NullTokens, .. format.ClearTokens]);

    internal sealed record Decided(
        IReadOnlyDictionary<string, DateOrder> DateOrders, char DecimalSeparator, IReadOnlyList<RunIssue> Warnings);
}
