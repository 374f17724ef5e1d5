using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
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
using Usage.Functions.Http.Errors;
using Usage.Functions.Runs;
using Usage.Functions.Settings;
using Usage.Storage.Imports;
using Usage.Storage.Integrations;
using Usage.Storage.Runs;

namespace Usage.Functions.Imports.Admission;

/// <summary>Drops a file over HTTP. It is the same as dropping it into the container, but the answer names the run.</summary>
public sealed class UploadFileFunction(
    IntegrationStore integrations, DropStore drops, RunStore runs, QueuedRuns queue, RunScheduler scheduler, WorkLimits limits,
    UsageOptions options)
{
    private static readonly Operation UploadFile =
        new Operation(nameof(UploadFile), "Drops a file, as into the container.", Audience.Editor).AlsoDroppers()
        .Needs("name").With("force", "date").CsvOrWorkbook()
        .Answers<RunReference>("RunReference", 202, "Its run is queued.").Problem(409, 413);

    [Function(nameof(UploadFile))]
    public async Task<IActionResult> Upload(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/integrations/{integration}/files")] HttpRequest request,
        string integration, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var ask = new ApiRequest(request, UploadFile);
        var id = ask.Id<IntegrationId>(integration, "integration");
        var (name, force, date) = (ask.Text("name"), ask.Flag("force"), FileOrigin.Text(ask.Date("date")));
        if (name is null) ask.Refuse(ApiErrorCode.MissingParameter, "name", "expected the file's name, such as ?name=october.csv");
        else if (FileNames.Problem(name) is { } wrong) ask.Refuse(ApiErrorCode.InvalidValue, "name", wrong);
        if (ask.Problem is { } problem) return problem;
        if (await integrations.GetAsync(id, cancellationToken) is not { } found) return ProblemAnswer.NotFound("integration", integration);
        using var place = await limits.QueueAsync(id, cancellationToken);
        if (place.Refusal is { } full) return full;
        if (await drops.WriteAsync($"{id}/{name}", Body(request), force, date, cancellationToken) is not { } drop)
            return ProblemAnswer.Conflict(new ApiError(ApiErrorCode.Changed, "name",
                $"Another file arrived as \"{name}\" while this one was sent, and is the one that is kept. Send this one again."));
        // In the queue at once, so that from the answer on nobody deletes the integration; unless the file's event was faster.
        var run = drop.ToQueuedRun(found.Value.Version) with { By = ask.Caller.Name };
        if (await runs.AddAsync(run, RunSource.Of(drop), cancellationToken))
            await queue.AddAsync(id, QueuedRun.Of(drop), cancellationToken);
        else await runs.SignAsync(run.Id, ask.Caller.Name, cancellationToken);
        await scheduler.ScheduleAsync(client, RunStart.Of(drop), cancellationToken);
        return Answer.Accepted(new RunReference(drop.RunId, RunStatus.Queued), $"/runs/{drop.RunId}");
    }

    private LimitedStream Body(HttpRequest request)
    {
        if (request.ContentLength > options.Limits.MaxFileBytes) throw new BodyTooLargeException(options.Limits.MaxFileBytes);
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
        return new LimitedStream(request.Body, options.Limits.MaxFileBytes);
    }
}
