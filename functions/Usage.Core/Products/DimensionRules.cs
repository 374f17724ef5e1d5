using Usage.Core.Ids;
using Usage.Core.Problems;
using Usage.Core.Values;

namespace Usage.Core.Products;

/// <summary>Checks a dimension, and that its type stays once values exist.</summary>
public static class DimensionRules
{
    public const int MaxNameLength = 200;

    /// <summary>A table entity has room for 252 properties, of which the run, the row and a reserve are ours.</summary>
    public const int DefaultMaxPerProduct = 240;

    /// <param name="product">As it is stored, with its dimensions.</param>
    /// <param name="dimension">A new one, or what replaces the one with its id.</param>
    /// <param name="values">The type of the values that are stored under its id, which is locked then; null: there are none.</param>
    /// <returns>Every problem and warning at once; empty when there is none.</returns>
    public static IReadOnlyList<Problem> Validate(
        Product product, Dimension dimension, int maxPerProduct = DefaultMaxPerProduct, DataType? values = null)
    {
        var problems = new ProblemList();
        var named = CheckItself(problems, dimension);
        var stored = product.Dimensions.FirstOrDefault(d => d.Id == dimension.Id);
        if (stored is null) CheckStored(problems, "dataType", dimension.Id, dimension.DataType, values);
        else if (values is not null && stored.DataType != dimension.DataType)
            problems.Conflict(ProblemCode.TypeLocked, "dataType",
                $"found {CoreJson.Word(dimension.DataType)}, expected {CoreJson.Word(stored.DataType)}: "
                + "the type can't change once values exist");
        if (stored is null && product.Dimensions.Count >= maxPerProduct)
            problems.Conflict(ProblemCode.TooManyDimensions, "",
                $"product \"{product.Id}\" has {product.Dimensions.Count} dimensions, expected at most {maxPerProduct}");
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

    /// <summary>A deleted dimension comes back as what it was while its values are stored: they would be lost to it else.</summary>
    /// <param name="values">The type of what is stored; null: nothing is.</param>
    public static void CheckStored(ProblemList problems, string path, DimensionId id, DataType type, DataType? values)
    {
        if (values is { } stored && stored != type)
            problems.Conflict(ProblemCode.TypeLocked, path,
                $"found {CoreJson.Word(type)}, expected {CoreJson.Word(stored)}: values of a deleted dimension \"{id}\" are still stored, "
                + "and until they are gone it can come back only as what it was");
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
                $"found \"{name}\", which nearly equals \"{other.Name}\" of dimension \"{other.Id}\"; "
                + "one metric in two dimensions has half a history in each");
    }

    /// <summary>Names that differ only in case, white space or punctuation are taken for the same metric.</summary>
    private static string NearName(string name) => string.Concat(TextWords.Of(name));
}
