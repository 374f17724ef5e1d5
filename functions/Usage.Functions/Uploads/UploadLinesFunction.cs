using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Usage.Core.Access;
using Usage.Core.Ids;
using Usage.Core.Suggestions;
using Usage.Core.Values;
using Usage.Functions.Access;
using Usage.Functions.Http;
using Usage.Functions.Http.Errors;

namespace Usage.Functions.Uploads;

/// <summary>The first lines of an upload as they are, to see whether it is the right file and where its table begins.</summary>
public sealed class UploadLinesFunction(OwnUploads own, WorkLimits limits)
{
    private const int DefaultCount = 20;

    private static readonly Operation GetUploadLines =
        new Operation(nameof(GetUploadLines), "The first lines of an upload of one's own, as they are.", Audience.Editor)
        .OfEachDropper().WithTexts("sheet").WithNumber("from", 1, FirstLines.MaxFrom).WithNumber("count", DefaultCount, FirstLines.MaxCount)
        .Answers<FirstLines>("FirstLines").Problem(409, 422);

    [Function(nameof(GetUploadLines))]
    public async Task<IActionResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/uploads/{upload}/lines")] HttpRequest http, string upload,
        CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, GetUploadLines);
        var id = request.Id<UploadId>(upload, OwnUploads.What);
        var sheet = request.Text("sheet") is { } name ? SheetChoice.Of(name) : null;
        var (from, count) = (request.Number("from"), request.Number("count"));
        if (request.Problem is { } problem) return problem;
        var (found, refusal) = await own.FindWholeAsync(request, id, cancellationToken);
        if (found is null) return refusal!;
        using var place = limits.Suggest();
        if (place.Refusal is { } busy) return busy;
        await using var file = await own.OpenAsync(found, cancellationToken);
        var (lines, error) = await FirstLines.ReadAsync(file, sheet, from, count, cancellationToken);
        if (lines is null) return Problems.OfFile(error!);
        request.Trail?.ShowsRawRows();
        return Answer.Ok(lines);
    }
}
