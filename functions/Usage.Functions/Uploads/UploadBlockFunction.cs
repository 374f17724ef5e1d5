using System.Buffers;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Usage.Core.Access;
using Usage.Core.Ids;
using Usage.Core.Uploads;
using Usage.Functions.Access;
using Usage.Functions.Http;
using Usage.Functions.Http.Bodies;
using Usage.Functions.Http.Errors;
using Usage.Storage.Uploads;

namespace Usage.Functions.Uploads;

/// <summary>Takes a block of an upload, in any order and again as often as it is sent; the last one of a number counts.</summary>
public sealed class UploadBlockFunction(OwnUploads own, UploadFiles files, WorkLimits limits)
{
    private static readonly Operation PutUploadBlock =
        new Operation(nameof(PutUploadBlock), "A block of an upload of one's own, from 1, up to 8 MiB.", Audience.Editor)
        .OfEachDropper().Bytes().Answers<UploadBlock>("UploadBlock").Problem(409);

    [Function(nameof(PutUploadBlock))]
    public async Task<IActionResult> Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/uploads/{upload}/blocks/{block}")] HttpRequest http,
        string upload, string block, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, PutUploadBlock);
        var id = request.Id<UploadId>(upload, OwnUploads.What);
        if (!int.TryParse(block, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number is < 1 or > UploadRules.MaxBlocks)
            request.Refuse(ApiErrorCode.InvalidValue, "block",
                $"found \"{block}\", expected the number of a block, from 1 to {UploadRules.MaxBlocks}");
        if (request.Problem is { } problem) return problem;
        if (await own.FindAsync(request, id, cancellationToken) is not { Value: var stored })
            return ProblemAnswer.NotFound(OwnUploads.What, upload);
        if (request.Preconditions.Check(EntityTag.Of(stored)) is { } changed) return changed;
        using var place = limits.Block();
        if (place.Refusal is { } busy) return busy;
        var body = FileBody.Open(http, UploadRules.MaxBlockBytes);
        var buffer = ArrayPool<byte>.Shared.Rent(UploadRules.MaxBlockBytes);
        try
        {
            var length = await body.ReadAtLeastAsync(
                buffer.AsMemory(0, UploadRules.MaxBlockBytes), UploadRules.MaxBlockBytes, throwOnEndOfStream: false, cancellationToken);
            // One that goes on is too large, which the stream says.
            if (length == UploadRules.MaxBlockBytes) _ = await body.ReadAsync(new byte[1], cancellationToken);
            if (length == 0)
                return ProblemAnswer.BadRequest(new ApiError(ApiErrorCode.EmptyBody, "", "The body is empty, expected the block's bytes."));
            var taken = new UploadBlock(number, length);
            if (Problems.Answer(UploadRules.ValidateBlock(stored, taken)) is { } refused) return refused;
            using var content = new MemoryStream(buffer, 0, length, writable: false);
            await files.StageAsync(id, number, content, cancellationToken);
            return Answer.Ok(taken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
