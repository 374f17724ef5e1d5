using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Issues;
using Usage.Core.Snapshots.Rows;
using Usage.Storage.Accounts;

namespace Usage.Functions.Runs.Rows;

/// <summary>Which rows are asked for; null is any.</summary>
/// <param name="Product">With date and dimension: rows that give such a value, or one that was refused and that a total lacks.</param>
public sealed record RowFilter(
    RowOutcome? Outcome, string? Code, string? Column, AccountId? Account, ProductId? Product, DateOnly? Date, DimensionId? Dimension)
{
    public static RowFilter All { get; } = new(null, null, null, null, null, null, null);

    /// <summary>Only the rows themselves tell.</summary>
    public bool IsOfValues => Product is not null || Date is not null || Dimension is not null;

    /// <returns>Null: there is no such account, and so no such row.</returns>
    public RowQuery? Query(RosterSnapshot roster)
    {
        if (Account is not { } id) return new RowQuery(Outcome, Code, Column, null);
        return roster.Find(id) is { } account ? new RowQuery(Outcome, Code, Column, account.Ordinal) : null;
    }

    public bool MayBeIn(BatchRows rows) => !IsOfValues || rows.Dates.Any(dates =>
        (Product ?? dates.Product) == dates.Product && (Date is not { } date || dates.Has(date)));

    public bool Fits(ImportMapping mapping, RowValue value)
    {
        var product = mapping.Products[value.Product];
        return (Product ?? product.Id) == product.Id && (Date ?? value.Date) == value.Date
            && (Dimension is not { } dimension || dimension == product.Dimensions[value.Dimension].Id);
    }
}
