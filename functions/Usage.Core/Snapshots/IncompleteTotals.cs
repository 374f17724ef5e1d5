using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Issues;
using Usage.Core.Values.Columns;
using static System.FormattableString;

namespace Usage.Core.Snapshots;

/// <summary>Tells of totals that are recorded without some row.</summary>
public static class IncompleteTotals
{
    /// <param name="account">The id of an account by its ordinal; null when it was deleted meanwhile.</param>
    public static void Count(IssueLog log, ImportMapping mapping, SnapshotGroup group, Func<int, AccountId?> account)
    {
        var product = mapping.Products[group.Product];
        foreach (var total in group.Incomplete)
        {
            var dimension = product.Dimensions[total.Dimension];
            // A row that is left out as a whole may be so for any of its cells.
            var whole = mapping.Integration.OnError.Mode == ErrorMode.SkipRow;
            var column = whole ? null : total.ForItsDate ? product.DateColumn : dimension.Column;
            var more = total.Rows == 1 ? "" : Invariant($" and {total.Rows - 1:N0} more");
            var why = whole ? ", left out for a bad cell"
                : total.Undated > 0 && total.Undated < total.Rows ? Both(product, dimension, total)
                : $", refused for {Refused(product, dimension, column)}";
            var message = Invariant($"{account(total.Account)?.Value ?? "a deleted account"}, {product.Id} on {group.Date:yyyy-MM-dd}: ")
                + $"the {CoreJson.Word(dimension.Aggregate)} of \"{dimension.Id}\" lacks "
                + Invariant($"row {total.Row}{more}{why}; ")
                + "mend what was rejected to make it whole";
            var name = column is null ? null : CellText.Name(column.Names[0]);
            log.Add(IssueCode.IncompleteTotal, new IssueSample(total.Row, name, null, message), Severity.Warning);
        }
    }

    /// <summary>Some rows for their dates, others for their cells; what the first one was refused for comes first.</summary>
    private static string Both(MappedProduct product, MappedDimension dimension, IncompleteTotal total)
    {
        var dates = Invariant($"{total.Undated:N0} for {Refused(product, dimension, product.DateColumn)}");
        var cells = Invariant($"{total.Rows - total.Undated:N0} for {Refused(product, dimension, dimension.Column)}");
        return $", refused: {(total.ForItsDate ? $"{dates}, {cells}" : $"{cells}, {dates}")}";
    }

    private static string Refused(MappedProduct product, MappedDimension dimension, ColumnNames? column)
    {
        if (column is null) return $"a column of that date (\"{CellText.Shown(product.Wide!.Header)}\")";
        var ofMetric = column == dimension.Column && dimension.Metric is { } metric ? $" of metric \"{CellText.Shown(metric)}\"" : "";
        return $"column {column}{ofMetric}";
    }
}
