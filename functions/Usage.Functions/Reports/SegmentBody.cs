using Usage.Core.Ids;
using Usage.Core.Reports;
using Usage.Functions.Http;

namespace Usage.Functions.Reports;

/// <summary>The body of <c>PUT /segments/{s}</c>.</summary>
public sealed record SegmentBody : EditedBody
{
    public required string Name { get; init; }

    public required IReadOnlyList<Condition> All { get; init; }

    public Segment ToSegment(SegmentId id) => new() { Id = id, Name = Name, All = All };
}

/// <summary>The body of <c>POST /segments/preview</c>: what isn't stored needs no name.</summary>
public sealed record SegmentPreviewBody
{
    public string Name { get; init; } = "Preview";

    public required IReadOnlyList<Condition> All { get; init; }

    public Segment ToSegment() => new() { Id = new SegmentId("preview"), Name = Name, All = All };
}
