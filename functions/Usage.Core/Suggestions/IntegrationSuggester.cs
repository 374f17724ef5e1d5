using Usage.Core.Accounts.Matching;
using Usage.Core.Files;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Issues;
using Usage.Core.Products;
using Usage.Core.Values;

namespace Usage.Core.Suggestions;

/// <summary>Proposes an integration for a file, with reasons, for a person to check.</summary>
public static class IntegrationSuggester
{
    /// <param name="file">The file, or the beginning of it that ends with a whole row.</param>
    /// <param name="name">Its ending hints at tabs.</param>
    /// <returns>The suggestion, or why the file can't be read.</returns>
    public static async Task<(Suggestion? Suggestion, RunError? Error)> SuggestAsync(
        byte[] file, string name, IReadOnlyList<Product> products, AccountMatcher accounts, CancellationToken cancellationToken)
    {
        var (sample, error) = await SampleFile.ReadAsync(file, name, new FileLimits(), cancellationToken);
        if (sample is null) return (null, error);
        var usable = sample.Columns.Where(column => column.Name.Length > 0).GroupBy(column => column.Name, StringComparer.OrdinalIgnoreCase)
            .Where(same => same.Count() == 1).Select(same => same.Single()).ToList();

        var reasons = new List<SuggestionReason>();
        var rules = AccountColumns.Find(usable, accounts);
        reasons.AddRange(rules.Select(rule => new SuggestionReason(rule.Rule.Column.Names[0], rule.Reason)));
        if (rules.Count == 0) reasons.Add(new(null, "no column finds accounts: add a match rule"));
        var rest = usable.Where(column => rules.All(rule => rule.Rule.Column != column.Name)).ToList();
        var product = Choose(products, rest, reasons);
        return (new Suggestion(
            [.. sample.Columns.Select(column => new SuggestedColumn(column.Name, column.Type, column.Samples))],
            new Integration
            {
                Id = new IntegrationId("suggested"),
                Name = product is null ? "Usage" : $"{product.Name} usage",
                Match = [.. rules.Select(rule => rule.Rule)],
                Products = product is null ? [] : [Map(product, rest, reasons)],
            },
            reasons), null);
    }

    private static Product? Choose(IReadOnlyList<Product> products, List<ColumnProfile> columns, List<SuggestionReason> reasons)
    {
        var best = products.Where(product => product.SnapshotPeriod is not null)
            .Select(product => (Product: product, Known: columns.Count(column => DimensionColumns.Find(column, product) is not null)))
            .OrderByDescending(choice => choice.Known)
            .FirstOrDefault();
        reasons.Add(new(null, best.Product is null
            ? "there is no product with a snapshot period: make one with PUT /api/products/{id}"
            : $"product \"{best.Product.Id}\": {best.Known} of {columns.Count} columns are called as its dimensions are"));
        return best.Product;
    }

    private static ProductMapping Map(Product product, List<ColumnProfile> columns, List<SuggestionReason> reasons)
    {
        var dateColumn = columns.FirstOrDefault(column => column.Type == ColumnType.Date);
        if (dateColumn is not null) reasons.Add(new(dateColumn.Name, $"the date of each row: {dateColumn.Why()}"));
        var mappings = new List<DimensionMapping>();
        var taken = product.Dimensions.Select(dimension => dimension.Id).ToHashSet();
        var fed = new HashSet<DimensionId>();
        foreach (var column in columns.Where(column => column != dateColumn))
        {
            var (mapping, reason) = Map(column, product, taken, fed);
            reasons.Add(new(column.Name, reason));
            if (mapping is null) continue;
            mappings.Add(mapping);
            taken.Add(mapping.Dimension);
            fed.Add(mapping.Dimension);
        }

        return new ProductMapping { Product = product.Id, DateColumn = dateColumn?.Name, Dimensions = mappings };
    }

    private static (DimensionMapping? Mapping, string Reason) Map(ColumnProfile column, Product product, HashSet<DimensionId> taken,
        HashSet<DimensionId> fed)
    {
        if (column.IsBlank) return (null, "left out: all cells are blank");
        if (DimensionColumns.Find(column, product) is { } found && !fed.Contains(found.Id))
        {
            var fits = found.DataType == DataType.Text || found.DataType == column.DataType;
            return fits
                ? (new DimensionMapping { Column = column.Name, Dimension = found.Id },
                    $"dimension \"{found.Name}\" is called alike; {column.Why()}")
                : (null,
                    $"left out: dimension \"{found.Name}\" is called alike but is {CoreJson.Word(found.DataType)}, while {column.Why()}");
        }

        return DimensionColumns.Create(column, taken) is { } created
            ? (created, $"a new {CoreJson.Word(column.DataType)} dimension \"{created.Create!.Name}\": {column.Why()}")
            : (null, "left out: its name makes no id for a new dimension that isn't taken");
    }
}
