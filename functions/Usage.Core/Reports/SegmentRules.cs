using Usage.Core.Ids;
using Usage.Core.Problems;
using Usage.Core.Products;
using Usage.Core.Values;

namespace Usage.Core.Reports;

/// <summary>Checks a segment on its own and against the stored products.</summary>
public static class SegmentRules
{
    public const int MaxNameLength = 200;
    public const int MaxConditions = 20;

    /// <returns>Every problem at once; empty when there is none.</returns>
    public static IReadOnlyList<Problem> Validate(Segment segment, IReadOnlyDictionary<ProductId, Product> products)
    {
        var problems = new ProblemList();
        problems.Text("name", segment.Name, MaxNameLength);
        if (segment.All.Count == 0) problems.Wrong(ProblemCode.Required, "all", "found no condition, expected at least one");
        problems.AtMost("all", segment.All.Count, MaxConditions, "conditions");
        for (var i = 0; i < segment.All.Count; i++) Check(problems, $"all[{i}]", segment.All[i], products);
        return problems.Problems;
    }

    private static void Check(ProblemList problems, string path, Condition condition, IReadOnlyDictionary<ProductId, Product> products)
    {
        var bare = condition.Op is SegmentOperator.Exists or SegmentOperator.Missing;
        if (bare && condition.Value is not null)
            problems.Wrong(ProblemCode.Invalid, $"{path}.value", $"found a value, expected none for {CoreJson.Word(condition.Op)}");
        if (!bare && condition.Value is null)
            problems.Wrong(ProblemCode.Required, $"{path}.value",
                "found none, expected a value, as all conditions but exists and missing have");

        if (!products.TryGetValue(condition.Product, out var product))
            problems.Conflict(ProblemCode.UnknownProduct, $"{path}.product", $"found \"{condition.Product}\", which is no product");
        else if (product.Dimensions.FirstOrDefault(d => d.Id == condition.Dimension) is not { } dimension)
            problems.Conflict(ProblemCode.UnknownDimension, $"{path}.dimension",
                $"found \"{condition.Dimension}\", which is no dimension of product \"{product.Id}\"");
        else
            CheckType(problems, path, condition, dimension);
    }

    private static void CheckType(ProblemList problems, string path, Condition condition, Dimension dimension)
    {
        if (!Fits(condition.Op, dimension.DataType))
        {
            problems.Wrong(ProblemCode.Invalid, $"{path}.op",
                $"found {CoreJson.Word(condition.Op)}, which {CoreJson.Word(dimension.DataType)} values don't know; "
                    + $"\"{dimension.Id}\" is {CoreJson.Word(dimension.DataType)}");
            return;
        }

        if (condition.Value is { } value && value.Type != dimension.DataType)
            problems.Wrong(ProblemCode.Invalid, $"{path}.value",
                $"found a {CoreJson.Word(value.Type)} value, expected a {CoreJson.Word(dimension.DataType)} one");
    }

    private static bool Fits(SegmentOperator op, DataType type) => op switch
    {
        SegmentOperator.Contains => type == DataType.Text,
        SegmentOperator.ChangePercentLt or SegmentOperator.ChangePercentGt => type == DataType.Numeric,
        SegmentOperator.Lt or SegmentOperator.Le or SegmentOperator.Gt or SegmentOperator.Ge => type != DataType.Boolean,
        _ => true,
    };
}
