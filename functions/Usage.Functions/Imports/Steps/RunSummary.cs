using Usage.Core.Products;
using Usage.Core.Runs;
using Usage.Core.Snapshots;

namespace Usage.Functions.Imports.Steps;

/// <summary>The record of a run that went its whole way.</summary>
public static class RunSummary
{
    public static Run Of(Run run, RunFacts facts)
    {
        var rows = facts.Totals.Close(facts.Tally);
        var error = RunDecision.DontAddUp(rows) ?? facts.Decision.Error;
        var made = facts.Decision.Mode switch
        {
            MergeMode.Write => facts.Written,
            MergeMode.Compare => facts.Tally,
            _ => new MergeTally(),
        };
        return run with
        {
            Status = error is not null ? RunStatus.Failed
                : facts.Decision.DuplicateOf is not null ? RunStatus.Duplicate
                : facts.Cancelled ? RunStatus.Cancelled
                : RunDecision.Status(rows),
            Error = error,
            DuplicateOf = facts.Decision.DuplicateOf,
            Sha256 = facts.Planned.Plan.Sha256,
            Rows = rows,
            Snapshots = made.Snapshots,
            Values = made.Values,
            Dates = [.. made.Dates.Select(date => new RunDate(date.Product, date.Date, date.Snapshots, Why(facts.Mapping, date.Product)))],
            Issues = facts.Totals.Issues,
        };
    }

    private static string Why(ImportMapping mapping, ProductId id)
    {
        var product = mapping.Products.First(product => product.Id == id);
        return product.DateColumn is { } column
            ? SnapshotDates.WhyColumn(product.Period, column)
            : SnapshotDates.WhyAutomatic(product.Period, mapping.ArrivalDate, mapping.TimeZone);
    }
}
