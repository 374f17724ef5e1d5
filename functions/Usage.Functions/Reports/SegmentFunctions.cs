using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Usage.Core.Access;
using Usage.Core.Ids;
using Usage.Core.Reports;
using Usage.Functions.Http;
using Usage.Storage.Documents;
using Usage.Storage.Products;
using Usage.Storage.Reports;

namespace Usage.Functions.Reports;

public sealed class SegmentFunctions(SegmentStore segments, ProductStore products)
{
    private const string Route = "api/segments/{segment}";

    private static readonly Operation ListSegments = new Operation(nameof(ListSegments), "All segments.", Audience.Reader)
        .Paged().Answers<Page<Segment>>("SegmentPage");

    [Function(nameof(ListSegments))]
    public async Task<IActionResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/segments")] HttpRequest http, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, ListSegments);
        var page = request.Page();
        if (request.Problem is { } problem) return problem;
        return Answer.Ok(page.Of(await segments.ListAsync(cancellationToken), segment => segment.Id.Value));
    }

    private static readonly Operation GetSegment = new Operation(nameof(GetSegment), "A segment.", Audience.Reader)
        .Shows<Segment>("Segment");

    [Function(nameof(GetSegment))]
    public async Task<IActionResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest http, string segment,
        CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, GetSegment);
        var id = request.Id<SegmentId>(segment, "segment");
        if (request.Problem is { } problem) return problem;
        return Answer.Found((await segments.GetAsync(id, cancellationToken))?.Value, "segment", segment);
    }

    private static readonly Operation PutSegment = new Operation(nameof(PutSegment), "Makes or changes a segment.", Audience.Editor)
        .Json<SegmentBody>("SegmentBody").Stores<Segment>("Segment").Problem(409);

    [Function(nameof(PutSegment))]
    public async Task<IActionResult> Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = Route)] HttpRequest http, string segment,
        CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, PutSegment);
        var id = request.Id<SegmentId>(segment, "segment");
        var body = await request.JsonAsync<SegmentBody>(cancellationToken);
        return await Edit(request, id, segment, cancellationToken).PutAsync(
            body is null ? null : _ => body.ToSegment(id),
            async (after, _) => SegmentRules.Validate(after, await products.MapAsync(cancellationToken)),
            async (after, stored) => Written.OrLost(await WriteAsync(after, stored, cancellationToken)),
            (after, made, _) => Answer.Stored(made, after, $"/segments/{id}"));
    }

    private static readonly Operation DeleteSegment = new Operation(nameof(DeleteSegment), "Deletes a segment.", Audience.Editor);

    [Function(nameof(DeleteSegment))]
    public async Task<IActionResult> Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Route)] HttpRequest http, string segment,
        CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, DeleteSegment);
        var id = request.Id<SegmentId>(segment, "segment");
        return await Edit(request, id, segment, cancellationToken)
            .DeleteAsync(stored => segments.TryDeleteAsync(stored, cancellationToken));
    }

    /// <summary>Writes it and looks again: what it asks for may have been deleted meanwhile, and then it is taken back.</summary>
    /// <returns>Null: begin again.</returns>
    private async Task<Segment?> WriteAsync(Segment after, Stored<Segment>? stored, CancellationToken cancellationToken)
    {
        if (await segments.TryWriteAsync(after, stored, cancellationToken) is not { } written) return null;
        await products.TouchAsync(after.All.Select(condition => condition.Product), cancellationToken);
        if (SegmentRules.Validate(after, await products.MapAsync(cancellationToken)).Count == 0) return after;
        await segments.TakeBackAsync(written, stored, cancellationToken);
        return null;
    }

    private Edit<Stored<Segment>, Segment> Edit(ApiRequest request, SegmentId id, string segment, CancellationToken cancellationToken) =>
        new(request, "segment", segment) { Load = () => segments.GetAsync(id, cancellationToken), Shown = stored => stored.Value };
}
