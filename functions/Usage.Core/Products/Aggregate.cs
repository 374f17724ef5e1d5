namespace Usage.Core.Products;

/// <summary>How values that fall on the same date become one; text and boolean dimensions know <see cref="Last"/> and <see cref="First"/> only.</summary>
public enum Aggregate { Last, Sum, Min, Max, Average, First }
