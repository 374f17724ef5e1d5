using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Usage.Core.Access;
using Usage.Core.Files;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Runs;
using Usage.Functions.Access;
using Usage.Functions.Http;
using Usage.Functions.Http.Bodies;
using Usage.Functions.Http.Errors;
using Usage.Functions.Runs;
using Usage.Functions.Settings;
using Usage.Functions.Uploads;
using Usage.Storage.Imports;
using Usage.Storage.Integrations;
using Usage.Storage.Runs;
using Usage.Storage.Uploads;

namespace Usage.Functions.Imports.Admission;

/// <summary>Drops a file over HTTP. It is the same as dropping it into the container, but the answer names the run.</summary>
public sealed class UploadFileFunction(
    IntegrationStore integrations, DropStore drops, RunStore runs, QueuedRuns queue, RunScheduler scheduler, WorkLimits limits,
    OwnUploads uploads, UsageOptions options)
{
    private static readonly Operation UploadFile =
        new Operation(nameof(UploadFile), "Drops a file, as into the container: the body, or an upload.", Audience.Editor)
        .AlsoDroppers().With("name", "force", "date").CsvOrWorkbook().Json<UploadReference>(nameof(UploadReference))
        .Answers<RunReference>("RunReference", 202, "Its run is queued.").Problem(409, 413);

    [Function(nameof(UploadFile))]
    public async Task<IActionResult> Upload(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/integrations/{integration}/files")] HttpRequest http,
        string integration, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, UploadFile);
        var id = request.Id<IntegrationId>(integration, "integration");
        var (name, force, date) = (request.Text("name"), request.Flag("force"), FileOrigin.Text(request.Date("date")));
        var isJson = FileBody.IsJson(http);
        var reference = isJson ? await request.JsonAsync<UploadReference>(cancellationToken) : null;
        if (name is null && !isJson)
            request.Refuse(ApiErrorCode.MissingParameter, "name", "expected the file's name, such as ?name=october.csv");
        else if (name is not null && FileNames.Problem(name) is { } wrong) request.Refuse(ApiErrorCode.InvalidValue, "name", wrong);
        if (request.Problem is { } problem) return problem;
        if (await integrations.GetAsync(id, cancellationToken) is not { } found) return ProblemAnswer.NotFound("integration", integration);
        var (upload, refusal) = reference is null ? default : await uploads.FindWholeAsync(request, reference.Upload, cancellationToken);
        if (refusal is not null) return refusal;
        name ??= upload!.Name;
        using var place = await limits.QueueAsync(id, cancellationToken);
        if (place.Refusal is { } full) return full;
        var written = upload is not null
            ? await drops.CopyAsync($"{id}/{name}", UploadFiles.Source(upload.Id), force, date, cancellationToken)
            : await drops.WriteAsync(
                $"{id}/{name}", FileBody.Open(http, options.Limits.MaxFileBytes), force, date, cancellationToken);
        if (written is not { } drop)
            return ProblemAnswer.Conflict(new ApiError(ApiErrorCode.Changed, "name",
                $"Another file arrived as \"{name}\" while this one was sent, and is the one that is kept. Send this one again."));
        // In the queue at once, so that from the answer on nobody deletes the integration; unless the file's event was faster.
        var run = drop.ToQueuedRun(found.Value.Version) with { By = request.Caller.Name };
        if (await runs.AddAsync(run, RunSource.Of(drop), cancellationToken))
            await queue.AddAsync(id, QueuedRun.Of(drop), cancellationToken);
        else await runs.SignAsync(run.Id, request.Caller.Name, cancellationToken);
        await scheduler.ScheduleAsync(client, RunStart.Of(drop), cancellationToken);
        if (upload is not null) await uploads.NoteAsync(request, upload.Id, drop.RunId, cancellationToken);
        request.Trail?.Changes(null, new { Name = name, Run = drop.RunId });
        return Answer.Accepted(new RunReference(drop.RunId, RunStatus.Queued), $"/runs/{drop.RunId}");
    }
}
