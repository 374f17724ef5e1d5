using Usage.Core.Ids;
using Usage.Core.Problems;
using Usage.Core.Products;

namespace Usage.Core.Integrations.Rules;

/// <summary>Checks one product of an integration against the product that is stored.</summary>
internal static class ProductMappingRules
{
    public static void Check(ProblemList problems, string path, ProductMapping mapping, Product? product, bool history, int maxDimensions)
    {
        if (product is null)
            problems.Conflict(ProblemCode.UnknownProduct, $"{path}.product",
                $"found \"{mapping.Product}\", which is no product; make it with PUT /api/products/{mapping.Product}");
        else if (product.SnapshotPeriod is null)
            problems.Conflict(ProblemCode.NoSnapshotPeriod, $"{path}.product",
                $"product \"{product.Id}\" has no snapshot period; set it with PUT /api/products/{product.Id} and a snapshotPeriod");

        if (mapping.DateColumn is { IsList: false } date && string.IsNullOrWhiteSpace(date.Names[0]))
            problems.Wrong(ProblemCode.Required, $"{path}.dateColumn",
                "found a blank name, expected a column, or null for the date of arrival");
        else if (mapping.DateColumn is not null)
            ColumnRoleRules.CheckColumn(problems, $"{path}.dateColumn", mapping.DateColumn);

        ShapeRules.Check(problems, path, mapping, history);
        if (mapping.Wide is null) CheckDimensions(problems, $"{path}.dimensions", mapping, product);
        else CheckDimension(problems, $"{path}.wide", mapping.Feeds()[0], product);
        CheckNumber(problems, path, mapping, product, maxDimensions);
    }

    private static void CheckDimensions(ProblemList problems, string path, ProductMapping mapping, Product? product)
    {
        var what = mapping.Long is null ? "column" : "metric";
        if (mapping.Dimensions.Count == 0)
            problems.Open(path, $"found none, expected at least one dimension with its {what}");
        var seen = new Dictionary<DimensionId, string>();
        for (var i = 0; i < mapping.Dimensions.Count; i++)
        {
            if (mapping.Dimensions[i] is not { } dimension)
            {
                problems.Wrong(ProblemCode.Required, $"{path}[{i}]", $"found null, expected a {what} and a dimension");
                continue;
            }
            ShapeRules.CheckSource(problems, $"{path}[{i}]", dimension, mapping.Long is not null);
            if (!seen.TryAdd(dimension.Dimension, dimension.Column?.ToString() ?? $"\"{CellText.Shown(dimension.Metric ?? "")}\""))
                problems.Wrong(ProblemCode.Duplicate, $"{path}[{i}].dimension",
                    $"found \"{dimension.Dimension}\" again, expected one {what} for it: {seen[dimension.Dimension]} feeds it already");
            CheckDimension(problems, $"{path}[{i}]", dimension, product);
        }
    }

    private static void CheckNumber(ProblemList problems, string path, ProductMapping mapping, Product? product, int maxDimensions)
    {
        path = mapping.Wide is null ? $"{path}.dimensions" : $"{path}.wide";
        var feeds = mapping.Feeds();
        problems.AtMost(path, feeds.Count, maxDimensions, "dimensions");
        if (product is null) return;
        var stored = product.Dimensions.Select(dimension => dimension.Id).ToHashSet();
        var made = feeds.OfType<DimensionMapping>().Where(feed => feed.Create is not null && !stored.Contains(feed.Dimension))
            .DistinctBy(feed => feed.Dimension).Count();
        if (stored.Count + made > maxDimensions)
            problems.Conflict(ProblemCode.TooManyDimensions, path,
                $"product \"{product.Id}\" would have {stored.Count + made} dimensions, expected at most {maxDimensions}");
    }

    private static void CheckDimension(ProblemList problems, string path, DimensionMapping mapping, Product? product)
    {
        if (mapping.Create is { } create)
        {
            var named = problems.Text($"{path}.create.name", create.Name, DimensionRules.MaxNameLength);
            AggregateRules.Check(problems, $"{path}.create.aggregate", create.DataType, create.Aggregate);
            if (named && product is not null)
                DimensionRules.WarnOfNearNames(problems, $"{path}.create.name", product, mapping.Dimension, create.Name);
        }
        CellFormatRules.Check(problems, path, mapping, ColumnRoleRules.TypeOf(mapping, product));
        if (product is null) return;

        var existing = product.Dimensions.FirstOrDefault(d => d.Id == mapping.Dimension);
        if (existing is null && mapping.Create is null)
            problems.Conflict(ProblemCode.UnknownDimension, $"{path}.dimension",
                $"found \"{mapping.Dimension}\", which product \"{product.Id}\" doesn't have; say what it is in create, "
                + $"or make it with PUT /api/products/{product.Id}/dimensions/{mapping.Dimension}");
        else if (existing is not null && mapping.Create is { } other && other.DataType != existing.DataType)
            problems.Conflict(ProblemCode.TypeConflict, $"{path}.create.dataType",
                $"found {CoreJson.Word(other.DataType)}, expected {CoreJson.Word(existing.DataType)}: "
                + $"product \"{product.Id}\" has \"{mapping.Dimension}\" already; leave create out, or choose another id");
    }
}
