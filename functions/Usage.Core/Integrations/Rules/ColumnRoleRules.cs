using Usage.Core.Ids;
using Usage.Core.Problems;
using Usage.Core.Products;
using Usage.Core.Values;
using Usage.Core.Values.Columns;

namespace Usage.Core.Integrations.Rules;

/// <summary>Checks what columns are used for.</summary>
internal static class ColumnRoleRules
{
    public const int MaxLength = 255;
    public const int MaxNames = 20;

    /// <returns>Whether the column can be found by what is written of it.</returns>
    public static bool CheckColumn(ProblemList problems, string path, ColumnNames? column)
    {
        if (column is null or { Names.Count: 0 })
        {
            problems.Wrong(ProblemCode.Required, path, "found nothing, expected a column's name, or a list of names");
            return false;
        }
        if (!column.IsList) return CheckName(problems, path, column.Names[0]);
        problems.AtMost(path, column.Names.Count, MaxNames, "names");
        var fine = column.Names.Count <= MaxNames;
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < Math.Min(column.Names.Count, MaxNames); i++)
        {
            if (!CheckName(problems, $"{path}[{i}]", column.Names[i])) fine = false;
            else if (!seen.Add(CellText.Name(column.Names[i])))
                problems.Wrong(ProblemCode.Duplicate, $"{path}[{i}]", $"found \"{column.Names[i]}\" again, expected each name once");
        }
        return fine;
    }

    /// <summary>A date column can't also identify accounts or hold numbers or booleans; its filled cells may be counted.</summary>
    public static void Check(ProblemList problems, Integration integration, IReadOnlyDictionary<ProductId, Product> products)
    {
        var keys = integration.Match.Select(rule => rule?.Column).Where(IsNamed).ToArray();
        var dates = integration.Products.Select(mapping => mapping?.DateColumn).Where(IsNamed).ToArray();
        for (var i = 0; i < integration.Products.Count; i++)
        {
            if (integration.Products[i] is not { } mapping) continue;
            if (mapping.DateColumn is { } date && IsNamed(date) && keys.Any(key => key!.Shares(date)))
                problems.Wrong(ProblemCode.ColumnInTwoRoles, $"products[{i}].dateColumn",
                    $"found {date}, which names the account, expected a column of dates");

            if (mapping.Long is { } shape) CheckLong(problems, $"products[{i}].long", shape, dates);
            for (var d = 0; d < mapping.Dimensions.Count; d++)
            {
                if (mapping.Dimensions[d] is not { Column: { } column } dimension || !IsNamed(column)) continue;
                if (!dates.Any(one => one!.Shares(column))) continue;
                if (TakesAnyCell(integration, dimension, products.GetValueOrDefault(mapping.Product))) continue;
                problems.Wrong(ProblemCode.ColumnInTwoRoles, $"products[{i}].dimensions[{d}].column",
                    $"found {column}, which is a date column, expected a column of {dimension.Dimension}'s values");
            }
        }
    }

    private static void CheckLong(ProblemList problems, string path, LongShape shape, ColumnNames?[] dates)
    {
        if (!IsNamed(shape.MetricColumn) || !IsNamed(shape.ValueColumn)) return;
        if (shape.MetricColumn.Shares(shape.ValueColumn))
            problems.Wrong(ProblemCode.ColumnInTwoRoles, $"{path}.valueColumn",
                $"found {shape.ValueColumn}, which has the metrics' names, expected the column of their values");
        else if (dates.Any(date => date!.Shares(shape.ValueColumn)))
            problems.Wrong(ProblemCode.ColumnInTwoRoles, $"{path}.valueColumn",
                $"found {shape.ValueColumn}, which is a date column, expected the column of the metrics' values");
        if (dates.Any(date => date!.Shares(shape.MetricColumn)))
            problems.Wrong(ProblemCode.ColumnInTwoRoles, $"{path}.metricColumn",
                $"found {shape.MetricColumn}, which is a date column, expected the column of the metrics' names");
    }

    private static bool TakesAnyCell(Integration integration, DimensionMapping mapping, Product? product)
    {
        var stored = product?.Dimensions.FirstOrDefault(d => d.Id == mapping.Dimension);
        var aggregate = stored?.Aggregate ?? mapping.Create?.Aggregate;
        return (stored?.DataType ?? mapping.Create?.DataType) is null or DataType.Text
            || (aggregate == Aggregate.Count && integration.AllowMultipleRowsPerCustomer);
    }

    public static DataType? TypeOf(DimensionMapping mapping, Product? product) =>
        product?.Dimensions.FirstOrDefault(d => d.Id == mapping.Dimension)?.DataType ?? mapping.Create?.DataType;

    private static bool IsNamed(ColumnNames? column) => column is not null && !column.Names.Any(string.IsNullOrWhiteSpace);

    private static bool CheckName(ProblemList problems, string path, string name)
    {
        // A name is pasted as it stands in a header of several lines.
        if (!problems.Text(path, CellText.Name(name), MaxLength)) return false;
        if (!ReservedColumns.Contains(CellText.Name(name))) return true;
        problems.Wrong(ProblemCode.ReservedColumn, path,
            $"found \"{name}\", expected another column: "
            + $"{string.Join(", ", ReservedColumns.All)} are those of a rejected file, and are ignored");
        return false;
    }
}
