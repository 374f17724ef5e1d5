namespace Usage.Core.Products;

/// <summary>What the kinds of merging have in common.</summary>
public static class Aggregates
{
    /// <summary>Whether only the value that is kept takes part, rather than all.</summary>
    public static bool KeepsOne(this Aggregate aggregate) => aggregate is Aggregate.Last or Aggregate.First;

    /// <summary>Whether the result lacks something when a row is refused.</summary>
    public static bool IsTotal(this Aggregate aggregate) => aggregate is Aggregate.Sum or Aggregate.Average or Aggregate.Count;
}
