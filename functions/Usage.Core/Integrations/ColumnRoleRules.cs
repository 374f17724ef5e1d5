using Usage.Core.Ids;
using Usage.Core.Problems;
using Usage.Core.Products;
using Usage.Core.Values;

namespace Usage.Core.Integrations;

/// <summary>Checks what columns are used for.</summary>
internal static class ColumnRoleRules
{
    public const int MaxLength = 255;

    /// <summary>Headers are compared trimmed, ignoring case.</summary>
    public static string Key(string column) => column.Trim().ToUpperInvariant();

    public static bool CheckColumn(ProblemList problems, string path, string? column)
    {
        if (!problems.Text(path, column, MaxLength)) return false;
        if (!ReservedColumns.Contains(column!)) return true;
        problems.Wrong(ProblemCode.ReservedColumn, path,
            $"found \"{column}\", expected another column: "
            + $"{string.Join(", ", ReservedColumns.All)} are those of a rejected file, and are ignored");
        return false;
    }

    /// <summary>A date column can't also identify accounts or hold numbers or booleans; its filled cells may be counted.</summary>
    public static void Check(ProblemList problems, Integration integration, IReadOnlyDictionary<ProductId, Product> products)
    {
        var keys = integration.Match.Where(r => !string.IsNullOrWhiteSpace(r?.Column)).Select(r => Key(r.Column)).ToHashSet();
        var dates = integration.Products.Where(p => !string.IsNullOrWhiteSpace(p?.DateColumn)).Select(p => Key(p.DateColumn!)).ToHashSet();
        for (var i = 0; i < integration.Products.Count; i++)
        {
            if (integration.Products[i] is not { } mapping) continue;
            if (mapping.DateColumn is { } date && keys.Contains(Key(date)))
                problems.Wrong(ProblemCode.ColumnInTwoRoles, $"products[{i}].dateColumn",
                    $"found \"{date}\", which names the account, expected a column of dates");

            for (var d = 0; d < mapping.Dimensions.Count; d++)
            {
                if (mapping.Dimensions[d] is not { Column: { } column } dimension || !dates.Contains(Key(column))) continue;
                if (TakesAnyCell(integration, dimension, products.GetValueOrDefault(mapping.Product))) continue;
                problems.Wrong(ProblemCode.ColumnInTwoRoles, $"products[{i}].dimensions[{d}].column",
                    $"found \"{column}\", which is a date column, expected a column of {dimension.Dimension}'s values");
            }
        }
    }

    private static bool TakesAnyCell(Integration integration, DimensionMapping mapping, Product? product)
    {
        var stored = product?.Dimensions.FirstOrDefault(d => d.Id == mapping.Dimension);
        var aggregate = stored?.Aggregate ?? mapping.Create?.Aggregate;
        return (stored?.DataType ?? mapping.Create?.DataType) is null or DataType.Text
            || (aggregate == Aggregate.Count && integration.AllowMultipleRowsPerCustomer);
    }
}
