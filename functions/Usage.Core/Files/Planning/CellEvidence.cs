using Usage.Core.Files.Reading;
using Usage.Core.Files.Sources;
using Usage.Core.Integrations;
using Usage.Core.Issues;
using Usage.Core.Values;
using Usage.Core.Values.Dates;
using Usage.Core.Values.Proofs;

namespace Usage.Core.Files.Planning;

/// <summary>What only all rows together tell about the cells: the order of dates, the decimal separator, the words of booleans.</summary>
internal sealed class CellEvidence(ImportMapping mapping, ColumnMap columns)
{
    private readonly DateColumns _dates = new(mapping, columns);
    private readonly DecimalColumns _decimals = new(mapping, columns, Tokens(mapping.Integration.File));
    private readonly BooleanColumns _booleans = new(mapping, columns, Tokens(mapping.Integration.File));

    /// <summary>Also called for rows that match no account.</summary>
    public void Observe(RecordReader row)
    {
        if (_dates.Any) _dates.Observe(row);
        _decimals.Observe(row);
        _booleans.Observe(row);
    }

    /// <exception cref="FileRejectedException">The cells leave something open that must not be guessed.</exception>
    public Decided Decide()
    {
        var orders = _dates.Decide();
        Verdict[] verdicts = [_decimals.Decide(out var separator), .. _booleans.Decide()];
        foreach (var verdict in verdicts)
            if (verdict.Error is { } error) throw new FileRejectedException(error.Code, error.Message, [verdict.Issue!]);
        return new Decided(orders, separator, [.. verdicts.Select(verdict => verdict.Issue).OfType<RunIssue>()]);
    }

    /// <summary>Cells that are no values of a column prove nothing about it.</summary>
    private static WordList Tokens(FileFormat format) => new([.. format.NullTokens, .. format.ClearTokens]);

    internal sealed record Decided(
        IReadOnlyDictionary<string, DateOrder> DateOrders, char DecimalSeparator, IReadOnlyList<RunIssue> Warnings);
}
