using Usage.Core.Ids;
using Usage.Core.Integrations.Columns;
using Usage.Core.Problems;
using Usage.Core.Products;

namespace Usage.Core.Integrations;

/// <summary>Checks one product of an integration against the product that is stored.</summary>
internal static class ProductMappingRules
{
    public static void Check(ProblemList problems, string path, ProductMapping mapping, Product? product, int maxDimensions)
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

        CheckDimensions(problems, $"{path}.dimensions", mapping.Dimensions, product, maxDimensions);
    }

    private static void CheckDimensions(
        ProblemList problems, string path, IReadOnlyList<DimensionMapping> mappings, Product? product, int maxDimensions)
    {
        if (mappings.Count == 0) problems.Wrong(ProblemCode.Required, path, "found none, expected at least one dimension with its column");
        problems.AtMost(path, mappings.Count, maxDimensions, "dimensions");
        var seen = new Dictionary<DimensionId, ColumnNames>();
        var made = 0;
        for (var i = 0; i < mappings.Count; i++)
        {
            if (mappings[i] is not { } mapping)
            {
                problems.Wrong(ProblemCode.Required, $"{path}[{i}]", "found null, expected a column and a dimension");
                continue;
            }
            ColumnRoleRules.CheckColumn(problems, $"{path}[{i}].column", mapping.Column);
            if (!seen.TryAdd(mapping.Dimension, mapping.Column))
                problems.Wrong(ProblemCode.Duplicate, $"{path}[{i}].dimension",
                    $"found \"{mapping.Dimension}\" again, expected one column for it: {seen[mapping.Dimension]} feeds it already");
            else if (mapping.Create is not null && product?.Dimensions.Any(d => d.Id == mapping.Dimension) == false)
                made++;
            CheckDimension(problems, $"{path}[{i}]", mapping, product);
        }
        if (product is not null && product.Dimensions.Count + made > maxDimensions)
            problems.Conflict(ProblemCode.TooManyDimensions, path,
                $"product \"{product.Id}\" would have {product.Dimensions.Count + made} dimensions, expected at most {maxDimensions}");
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
