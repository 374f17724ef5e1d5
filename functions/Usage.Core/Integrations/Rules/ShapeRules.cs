using Usage.Core.Integrations.Formats;
using Usage.Core.Problems;

namespace Usage.Core.Integrations.Rules;

/// <summary>Checks what a product declares of long and wide files.</summary>
internal static class ShapeRules
{
    /// <param name="history">Whether all rows of an account are recorded.</param>
    public static void Check(ProblemList problems, string path, ProductMapping mapping, bool history)
    {
        if (mapping.Long is { } narrow)
        {
            ColumnRoleRules.CheckColumn(problems, $"{path}.long.metricColumn", narrow.MetricColumn);
            ColumnRoleRules.CheckColumn(problems, $"{path}.long.valueColumn", narrow.ValueColumn);
        }

        if (mapping.Wide is not { } wide) return;
        DateFormatRules.CheckInName(problems, $"{path}.wide.header", wide.Header);
        if (mapping.Long is not null)
            problems.Wrong(ProblemCode.Invalid, $"{path}.long", "found it beside wide, expected one of the two");
        if (mapping.DateColumn is not null)
            problems.Wrong(ProblemCode.Invalid, $"{path}.dateColumn",
                $"found {mapping.DateColumn} beside wide, expected null: the header tells each column's date");
        if (mapping.Dimensions.Count > 0)
            problems.Wrong(ProblemCode.Invalid, $"{path}.dimensions",
                $"found {mapping.Dimensions.Count} beside wide, expected none: all date columns feed wide.dimension");
        if (!history)
            problems.Conflict(ProblemCode.NeedsHistory, $"{path}.wide",
                "a row has many dates, and without history only the latest would be recorded; set allowMultipleRowsPerCustomer to true");
    }

    /// <summary>Checks where a dimension has its values: in the rows of a metric (long products), or in a column of its own.</summary>
    public static void CheckSource(ProblemList problems, string path, DimensionMapping dimension, bool isLong)
    {
        if (isLong)
        {
            problems.Text($"{path}.metric", CellText.Trim(dimension.Metric ?? ""), ColumnRoleRules.MaxLength);
            if (dimension.Column is not null)
                problems.Wrong(ProblemCode.Invalid, $"{path}.column",
                    $"found {dimension.Column}, expected a metric only: the product is long, and long.valueColumn has the values");
            return;
        }

        ColumnRoleRules.CheckColumn(problems, $"{path}.column", dimension.Column);
        if (dimension.Metric is not null)
            problems.Wrong(ProblemCode.Invalid, $"{path}.metric",
                $"found \"{CellText.Shown(dimension.Metric)}\", expected a column only: metrics are those of a long product");
    }
}
