using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Usage.Core.Access;
using Usage.Core.Ids;
using Usage.Core.Uploads;
using Usage.Functions.Http;
using Usage.Functions.Http.Errors;
using Usage.Storage.Uploads;

namespace Usage.Functions.Uploads;

/// <summary>Makes the blocks of an upload its file. Asked for again, also after a crash on the way, it ends the same.</summary>
public sealed class CommitUploadFunction(UploadStore uploads, OwnUploads own, UploadFiles files)
{
    private static readonly Operation CommitUpload =
        new Operation(nameof(CommitUpload), "Makes the blocks of an upload of one's own its file.", Audience.Editor)
        .OfEachDropper().Shows<Upload>("Upload").Problem(409);

    [Function(nameof(CommitUpload))]
    public async Task<IActionResult> Commit(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/uploads/{upload}/commit")] HttpRequest http, string upload,
        CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, CommitUpload);
        var id = request.Id<UploadId>(upload, OwnUploads.What);
        if (request.Problem is { } problem) return problem;
        var committed = false;
        while (await own.FindAsync(request, id, cancellationToken) is { Value: var found } stored)
        {
            if (found.Committed) return Answer.Tagged(found);
            if (Problems.Answer(UploadRules.ValidateWhole(found)) is { } refused) return refused;
            await files.CommitAsync(id, found.Blocks, cancellationToken);
            committed = true;
            var (bytes, hash) = await files.MeasureAsync(id, cancellationToken);
            var whole = found with { Bytes = bytes, Sha256 = hash, Blocks = [] };
            if (await uploads.WriteAsync(request.Caller.Identity, whole, stored, cancellationToken) is null) continue;
            return Answer.Tagged(whole);
        }

        // Whoever deleted it meanwhile didn't see the file yet.
        if (committed) await files.DeleteAsync(id, cancellationToken);
        return ProblemAnswer.NotFound(OwnUploads.What, upload);
    }
}
