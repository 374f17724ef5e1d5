using Usage.Core.Problems;
using Usage.Core.Values;

namespace Usage.Core.Products;

internal static class AggregateRules
{
    public static void Check(ProblemList problems, string path, DataType type, Aggregate aggregate)
    {
        if (type == DataType.Numeric || aggregate is Aggregate.Last or Aggregate.First) return;
        problems.Wrong(ProblemCode.AggregateUnfit, path,
            $"found {Word(aggregate)}, expected last or first: {Word(type)} values know no other");
    }

    /// <summary>An enum's value as JSON has it.</summary>
    internal static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
