using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Issues;
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
            var column = total.ForItsDate ? product.DateColumn! : dimension.Column!;
            var more = total.Rows == 1 ? "" : Invariant($" and {total.Rows - 1:N0} more");
            var message = Invariant($"{account(total.Account)?.Value ?? "a deleted account"}, {product.Id} on {group.Date:yyyy-MM-dd}: ")
                + $"the {CoreJson.Word(dimension.Aggregate)} of \"{dimension.Id}\" lacks "
                + Invariant($"row {total.Row}{more}, refused for column {column}; mend what was rejected to make it whole");
            log.Add(IssueCode.IncompleteTotal, new IssueSample(total.Row, CellText.Name(column.Names[0]), null, message), Severity.Warning);
        }
    }
}
