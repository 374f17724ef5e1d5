using Usage.Core.Problems;
using Usage.Core.Values;

namespace Usage.Core.Products;

internal static class AggregateRules
{
    public static void Check(ProblemList problems, string path, DataType type, Aggregate aggregate)
    {
        if (type == DataType.Numeric || aggregate.KeepsOne()) return;
        problems.Wrong(ProblemCode.AggregateUnfit, path,
            $"found {CoreJson.Word(aggregate)}, expected last or first: {CoreJson.Word(type)} values know no other");
    }
}
