using Usage.Core.Ids;
using Usage.Core.Values;

namespace Usage.Core.Reports;

/// <summary>The accounts whose usage meets all conditions.</summary>
public sealed record Segment : ISigned
{
    public required SegmentId Id { get; init; }

    public required string Name { get; init; }

    public IReadOnlyList<Condition> All { get; init; } = [];

    public string? By { get; init; }

    public DateTimeOffset? At { get; init; }

    public ISigned Signed(string? by, DateTimeOffset? at) => this with { By = by, At = at };
}

/// <summary>What an account's value of one dimension must be.</summary>
public sealed record Condition
{
    public required ProductId Product { get; init; }

    public required DimensionId Dimension { get; init; }

    public required SegmentOperator Op { get; init; }

    /// <summary>
    /// Of the dimension's type, a number of percent for changes; null for <see cref="SegmentOperator.Exists"/> and
    /// <see cref="SegmentOperator.Missing"/>.
    /// </summary>
    public UsageValue? Value { get; init; }
}

/// <summary>How a value is compared. An account without a stored value meets only <see cref="Missing"/>.</summary>
public enum SegmentOperator { Eq, Ne, Lt, Le, Gt, Ge, Exists, Missing, Contains, ChangePercentLt, ChangePercentGt }
