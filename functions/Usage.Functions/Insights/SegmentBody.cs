using Usage.Core.Reports;

namespace Usage.Functions.Insights;

/// <summary>The body of <c>PUT /segments/{s}</c> and <c>POST /segments/preview</c>.</summary>
public sealed record SegmentBody
{
    public required string Name { get; init; }

    public required IReadOnlyList<Condition> All { get; init; }

    public Segment ToSegment(SegmentId id) => new() { Id = id, Name = Name, All = All };
}
