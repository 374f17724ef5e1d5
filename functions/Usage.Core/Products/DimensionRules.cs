using Usage.Core.Ids;
using Usage.Core.Problems;
using Usage.Core.Values;

namespace Usage.Core.Products;

/// <summary>What a dimension must be, and what can't change any more.</summary>
public static class DimensionRules
{
    public const int MaxNameLength = 200;

    /// <summary>A table entity has room for 252 properties, of which the run, the row and some to spare are ours.</summary>
    public const int DefaultMaxPerProduct = 240;

    /// <param name="product">As it is, with the dimensions that it has.</param>
    /// <param name="dimension">New, or in the place of the one with its id.</param>
    /// <param name="hasValues">Its type is locked then.</param>
    /// <returns>Every problem and warning at once; empty when there is none.</returns>
    public static IReadOnlyList<Problem> Validate(
        Product product, Dimension dimension, bool hasValues = false, int maxPerProduct = DefaultMaxPerProduct)
    {
        var problems = new ProblemList();
        var named = CheckItself(problems, dimension);
        var stored = product.Dimensions.FirstOrDefault(d => d.Id == dimension.Id);
        if (hasValues && stored is not null && stored.DataType != dimension.DataType)
            problems.Conflict(ProblemCode.TypeLocked, "dataType",
                $"found {AggregateRules.Word(dimension.DataType)}, expected {AggregateRules.Word(stored.DataType)}: the type can't change once values exist");
        if (stored is null && product.Dimensions.Count >= maxPerProduct)
            problems.Conflict(ProblemCode.TooManyDimensions, "", $"product \"{product.Id}\" has {product.Dimensions.Count} dimensions, expected at most {maxPerProduct}");
        if (named) WarnOfNearNames(problems, "name", product, dimension.Id, dimension.Name);
        return problems.Problems;
    }

    /// <returns>What is wrong with a dimension whatever product it belongs to.</returns>
    public static IReadOnlyList<Problem> Validate(Dimension dimension)
    {
        var problems = new ProblemList();
        CheckItself(problems, dimension);
        return problems.Problems;
    }

    private static bool CheckItself(ProblemList problems, Dimension dimension)
    {
        var named = problems.Text("name", dimension.Name, MaxNameLength);
        AggregateRules.Check(problems, "aggregate", dimension.DataType, dimension.Aggregate);
        return named;
    }

    internal static void WarnOfNearNames(ProblemList problems, string path, Product product, DimensionId id, string name)
    {
        var key = NearName(name);
        foreach (var other in product.Dimensions.Where(d => d.Id != id && NearName(d.Name) == key))
            problems.Warn(ProblemCode.NearDuplicateName, path,
                $"found \"{name}\", which nearly equals \"{other.Name}\" of dimension \"{other.Id}\"; one metric in two dimensions has half a history in each");
    }

    /// <summary>Case, white space and punctuation don't tell two metrics apart.</summary>
    private static string NearName(string name) => string.Concat(TextWords.Of(name));
}
