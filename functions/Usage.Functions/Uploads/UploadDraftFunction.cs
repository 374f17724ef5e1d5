using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Usage.Core;
using Usage.Core.Access;
using Usage.Core.Ids;
using Usage.Core.Problems;
using Usage.Core.Uploads;
using Usage.Functions.Http;
using Usage.Functions.Http.Errors;
using Usage.Storage.Uploads;

namespace Usage.Functions.Uploads;

/// <summary>Keeps what was decided of an upload, so that it goes on on another machine.</summary>
public sealed class UploadDraftFunction(UploadStore uploads, OwnUploads own)
{
    private static readonly Operation PutUploadDraft =
        new Operation(nameof(PutUploadDraft), "Keeps what was decided of an upload of one's own, in any JSON.", Audience.Editor)
        .OfEachDropper().Json<JsonNode>("UploadDraft").Shows<Upload>("Upload").Problem(409);

    [Function(nameof(PutUploadDraft))]
    public async Task<IActionResult> Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/uploads/{upload}/draft")] HttpRequest http, string upload,
        CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, PutUploadDraft);
        var id = request.Id<UploadId>(upload, OwnUploads.What);
        var draft = await request.JsonAsync<JsonNode>(cancellationToken);
        // What is escaped when it is stored may be longer than what came.
        if (draft?.ToJsonString(CoreJson.Options).Length > JsonBody.MaxBytes) throw new BodyTooLargeException(JsonBody.MaxBytes);
        var answer = await own.Edit(request, id, upload, cancellationToken).PatchAsync(
            draft is null ? null : before => before with { Draft = draft }, (_, _) => Task.FromResult<IReadOnlyList<Problem>>([]),
            async (after, stored) => Written.OrLost(await uploads.WriteAsync(request.Caller.Identity, after, stored, cancellationToken)),
            (after, _) => Answer.Tagged(after));
        OwnUploads.KeepFromAudit(request);
        return answer;
    }
}
