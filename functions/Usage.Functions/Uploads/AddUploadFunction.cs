using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Usage.Core;
using Usage.Core.Access;
using Usage.Core.Files;
using Usage.Core.Ids;
using Usage.Core.Uploads;
using Usage.Functions.Access;
using Usage.Functions.Http;
using Usage.Functions.Http.Bodies;
using Usage.Functions.Http.Errors;
using Usage.Functions.Settings;
using Usage.Storage.Imports;
using Usage.Storage.Uploads;

namespace Usage.Functions.Uploads;

/// <summary>Begins an upload: with its file as the body, for blocks that come later, or as a copy of a file that was dropped.</summary>
public sealed class AddUploadFunction(
    UploadStore uploads, UploadFiles files, DropStore drops, WorkLimits limits, UsageOptions options, TimeProvider clock)
{
    private static readonly Operation AddUpload =
        new Operation(nameof(AddUpload), "Keeps a file for a week: a body, the blocks to come, or a copy of a dropped one.",
            Audience.Editor).OfEachDropper()
        .With("name").CsvOrWorkbook().Json<UploadBody>(nameof(UploadBody))
        .Answers<Upload>("Upload", 201, "It is kept.").Tags().Problem(404, 409);

    [Function(nameof(AddUpload))]
    public async Task<IActionResult> Add(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/uploads")] HttpRequest http, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, AddUpload);
        var isJson = FileBody.IsJson(http);
        var body = isJson ? await ReadAsync(request, cancellationToken) : null;
        var name = isJson ? body?.Name : request.Text("name");
        if (!isJson && name is null)
            request.Refuse(ApiErrorCode.MissingParameter, "name", "expected the file's name, such as ?name=october.csv");
        if (name is not null && !request.IsWrong("name") && FileNames.Problem(name) is { } wrong)
            request.Refuse(ApiErrorCode.InvalidValue, "name", wrong);
        if (request.Problem is { } problem) return problem;
        if (body?.Blob is not null && request.Caller.Role == Role.Dropper)
            return ProblemAnswer.Forbidden(
                CoreJson.Word(Role.Editor), "A dropper sends files and reads none that are there: send the file as the body.");
        if (body?.Bytes > options.Limits.MaxFileBytes) return ProblemAnswer.TooLarge(options.Limits.MaxFileBytes);
        using var place = await limits.UploadAsync(request.Caller.Identity, cancellationToken);
        if (place.Refusal is { } full) return full;
        var now = clock.GetUtcNow();
        var upload = new Upload { Id = UploadId.Unique(now, Guid.NewGuid()), Name = name ?? "", Bytes = body?.Bytes ?? 0, At = now };
        if (body?.Blob is { } blob) return await CopyAsync(request, upload, blob, cancellationToken);
        if (isJson) return await KeepAsync(request, upload, cancellationToken);
        if (await files.WriteAsync(upload.Id, FileBody.Open(http, options.Limits.MaxFileBytes), cancellationToken) is not { } written)
            return ProblemAnswer.BadRequest(new ApiError(ApiErrorCode.EmptyBody, "", "The body is empty, expected the file."));
        return await KeepAsync(request, upload with { Bytes = written.Bytes, Sha256 = written.Sha256 }, cancellationToken);
    }

    private static async Task<UploadBody?> ReadAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var body = await request.JsonAsync<UploadBody>(cancellationToken);
        if (request.Text("name") is not null)
            request.Refuse(ApiErrorCode.UnknownParameter, "name", "\"name\" belongs into the JSON body here, expected none in the query");
        if (body is null || request.IsWrong("blob")) return body;
        if (body.Blob is not null)
        {
            if (FileNames.Problem(body.Blob) is { } wrong) request.Refuse(ApiErrorCode.InvalidValue, "blob", wrong);
            if (body.Bytes is not null)
                request.Refuse(ApiErrorCode.InvalidValue, "bytes",
                    "found bytes beside a blob, expected none: a copy has those of the blob");
            return body;
        }

        if (body.Name is null && !request.IsWrong("name"))
            request.Refuse(ApiErrorCode.InvalidValue, "name", "found none, expected the file's name, or the blob to copy");
        if (body.Bytes is null or < 1 && !request.IsWrong("bytes"))
            request.Refuse(ApiErrorCode.InvalidValue, "bytes",
                $"found {body.Bytes?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none"}, "
                + "expected how many bytes will come, 1 or more");
        return body;
    }

    private async Task<IActionResult> CopyAsync(ApiRequest request, Upload upload, string blob, CancellationToken cancellationToken)
    {
        if (await drops.FindAsync(blob, cancellationToken) is not { } drop)
            return ProblemAnswer.NotFound($"There is no file \"{blob}\" in imports.");
        if (await files.CopyAsync(upload.Id, drop, cancellationToken) > options.Limits.MaxFileBytes)
        {
            await files.DeleteAsync(upload.Id, cancellationToken);
            return ProblemAnswer.TooLarge(options.Limits.MaxFileBytes);
        }

        var (bytes, hash) = await files.MeasureAsync(upload.Id, cancellationToken);
        var name = upload.Name.Length > 0 ? upload.Name : blob[(blob.IndexOf('/') + 1)..];
        return await KeepAsync(request, upload with { Name = name, Bytes = bytes, Sha256 = hash }, cancellationToken);
    }

    private async Task<IActionResult> KeepAsync(ApiRequest request, Upload upload, CancellationToken cancellationToken)
    {
        if (await uploads.WriteAsync(request.Caller.Identity, upload, null, cancellationToken) is null)
            throw new InvalidOperationException($"two uploads of one random id: {upload.Id}");
        request.Trail?.Changes(null, upload);
        return new JsonAnswer<Upload>(201, upload) { Tag = EntityTag.Of(upload), Location = $"/uploads/{upload.Id}" };
    }
}
