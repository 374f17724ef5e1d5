using Usage.Core.Reports;
using Usage.Functions.Http;
using Usage.Functions.Insights;

namespace Usage.Functions.OpenApi;

internal static class InsightOperations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        Operation.Get("accounts/{account}/usage", "GetAccountUsage", "An account's snapshots, the newest first.")
            .With("product", "from", "to").Answers<AccountUsageFunction.Body>("AccountUsage"),
        Operation.Get("products/{product}/snapshots", "ListProductSnapshots",
            "All snapshots of a product on a date, the latest when none is named.")
            .With("date").Paged().Answers<Page<ProductSnapshotsFunction.Item>>("SnapshotPage").AnswersCsv(),
        Operation.Get("reports/{product}/{dimension}", "GetReport", "A dimension over time, a point for each date.")
            .With("from", "to").Answers<ReportFunction.Body>("Report"),
        Operation.Get("segments", "ListSegments", "All segments.").Paged().Answers<Page<Segment>>("SegmentPage"),
        Operation.Get("segments/{segment}", "GetSegment", "A segment.").Shows<Segment>("Segment"),
        Operation.Put("segments/{segment}", "PutSegment", "Makes or changes a segment.").Json<SegmentBody>("SegmentBody")
            .Stores<Segment>("Segment").Problem(409),
        Operation.Delete("segments/{segment}", "DeleteSegment", "Deletes a segment."),
        Operation.Get("segments/{segment}/accounts", "ListSegmentAccounts",
            "The accounts whose latest snapshot, or that date's, meets all conditions.")
            .With("date").Paged().Answers<Page<SegmentSearch.Item>>("SegmentAccountPage"),
        Operation.Post("segments/preview", "PreviewSegment", "The same for a segment that isn't stored.")
            .With("date").Paged().Json<SegmentPreviewBody>("SegmentPreviewBody").Answers<Page<SegmentSearch.Item>>("SegmentAccountPage")
                .Problem(409),
        Operation.Get("unmatched", "ListUnmatched", "Identifiers that found no account, or several.")
            .With("integration").Paged().Answers<Page<UnmatchedFunction.Item>>("UnmatchedPage"),
        (Operation.Get("health", "GetHealth", "Whether what the app depends on answers.") with { Anonymous = true })
            .Answers<HealthFunction.Body>("Health").Answers<HealthFunction.Body>("Health", 503, "Something doesn't answer."),
        (Operation.Get("openapi.json", "GetOpenApi", "This document.") with { Anonymous = true }).Answers<object>("OpenApi"),
    ];
}
