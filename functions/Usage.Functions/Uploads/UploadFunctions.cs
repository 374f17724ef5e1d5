using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Usage.Core.Access;
using Usage.Core.Ids;
using Usage.Core.Uploads;
using Usage.Functions.Http;
using Usage.Storage.Uploads;

namespace Usage.Functions.Uploads;

public sealed class UploadFunctions(UploadStore uploads, OwnUploads own)
{
    private static readonly Operation ListUploads =
        new Operation(nameof(ListUploads), "One's own uploads with what was decided of them, the oldest first.", Audience.Reader)
        .OfEachDropper().With("count").Paged().Answers<Page<Upload>>("UploadPage");

    [Function(nameof(ListUploads))]
    public async Task<IActionResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/uploads")] HttpRequest http, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, ListUploads);
        var (page, count) = (request.Page(), request.Flag("count"));
        if (request.Problem is { } problem) return problem;
        var own = await uploads.ListAsync(request.Caller.Identity, cancellationToken);
        return Answer.Ok(page.Of(own, upload => upload.Id.Value) with { Count = count ? own.Count : null });
    }

    private static readonly Operation GetUpload =
        new Operation(nameof(GetUpload), "An upload of one's own, with the blocks that are there.", Audience.Reader)
        .OfEachDropper().Shows<Upload>("Upload");

    [Function(nameof(GetUpload))]
    public async Task<IActionResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/uploads/{upload}")] HttpRequest http, string upload,
        CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, GetUpload);
        var id = request.Id<UploadId>(upload, OwnUploads.What);
        if (request.Problem is { } problem) return problem;
        return Answer.Found((await own.FindAsync(request, id, cancellationToken))?.Value, OwnUploads.What, upload);
    }

    private static readonly Operation DeleteUpload =
        new Operation(nameof(DeleteUpload), "Deletes an upload of one's own, with its file.", Audience.Editor).OfEachDropper();

    [Function(nameof(DeleteUpload))]
    public async Task<IActionResult> Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/uploads/{upload}")] HttpRequest http, string upload,
        CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, DeleteUpload);
        var id = request.Id<UploadId>(upload, OwnUploads.What);
        var answer = await own.Edit(request, id, upload, cancellationToken)
            .DeleteAsync(stored => uploads.TryDeleteAsync(request.Caller.Identity, stored, cancellationToken));
        OwnUploads.KeepFromAudit(request);
        return answer;
    }
}
