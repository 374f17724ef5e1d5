using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Usage.Core.Access;
using Usage.Core.Ids;
using Usage.Core.Reports;
using Usage.Functions.Http;
using Usage.Functions.Http.Errors;
using Usage.Storage.Products;
using Usage.Storage.Reports;

namespace Usage.Functions.Reports;

/// <summary>A segment's accounts, of one that is stored or of one that is being tried out.</summary>
public sealed class SegmentAccountsFunctions(SegmentStore segments, SegmentSearch search, ProductStore products)
{
    private static readonly Operation ListSegmentAccounts =
        new Operation(nameof(ListSegmentAccounts), "The accounts whose latest snapshot, or that date's, meets all conditions.",
            Audience.Reader)
        .With("date").Paged().Answers<Page<SegmentSearch.Item>>("SegmentAccountPage");

    [Function(nameof(ListSegmentAccounts))]
    public async Task<IActionResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/segments/{segment}/accounts")] HttpRequest http, string segment,
        CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, ListSegmentAccounts);
        var id = request.Id<SegmentId>(segment, "segment");
        var (date, page) = (request.Date("date"), request.Page());
        if (request.Problem is { } problem) return problem;
        if (await segments.GetAsync(id, cancellationToken) is not { } stored) return ProblemAnswer.NotFound("segment", segment);
        return Answer.Ok(page.Of(await search.FindAsync(stored.Value, date, cancellationToken), item => item.Account.Id.Value));
    }

    private static readonly Operation PreviewSegment =
        new Operation(nameof(PreviewSegment), "The same for a segment that isn't stored.", Audience.Reader).OnlyReads()
        .With("date").Paged().Json<SegmentPreviewBody>("SegmentPreviewBody").Answers<Page<SegmentSearch.Item>>("SegmentAccountPage")
        .Problem(409);

    [Function(nameof(PreviewSegment))]
    public async Task<IActionResult> Preview(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/segments/preview")] HttpRequest http,
        CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, PreviewSegment);
        var (date, page) = (request.Date("date"), request.Page());
        var segment = (await request.JsonAsync<SegmentPreviewBody>(cancellationToken))?.ToSegment();
        var found = segment is null ? [] : SegmentRules.Validate(segment, await products.MapAsync(cancellationToken));
        if ((request.Judge(found) ?? Problems.Answer(found)) is { } problem) return problem;
        return Answer.Ok(page.Of(await search.FindAsync(segment!, date, cancellationToken), item => item.Account.Id.Value));
    }
}
