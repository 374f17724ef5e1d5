using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Usage.Core.Integrations;
using Usage.Core.Runs;
using Usage.Functions.Http;
using Usage.Functions.Runs;
using Usage.Functions.Settings;
using Usage.Storage;
using Usage.Storage.Imports;
using Usage.Storage.Integrations;
using Usage.Storage.Runs;

namespace Usage.Functions.Imports;

/// <summary>Drops a file over HTTP: the same as into the container, and its run is known at once.</summary>
public sealed class UploadFileFunction(
    IntegrationStore integrations, DropStore drops, RunStore runs, UsageBlobs blobs, ImportScheduler scheduler, UsageOptions options)
{
    [Function("UploadFile")]
    public async Task<IActionResult> Upload(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "integrations/{integration}/files")] HttpRequest request, string integration,
        [DurableClient] DurableTaskClient client, CancellationToken cancel)
    {
        var ask = new ApiRequest(request, "name", "force");
        var id = ask.Id<IntegrationId>(integration, "integration");
        var (name, force) = (ask.Text("name"), ask.Flag("force"));
        if (name is null) ask.Refuse(ApiErrorCode.MissingParameter, "name", "expected the file's name, such as ?name=october.csv");
        else if (FileNames.Problem(name) is { } wrong) ask.Refuse(ApiErrorCode.InvalidValue, "name", wrong);
        if (ask.Problem is { } problem) return problem;
        if (await integrations.GetAsync(id, cancel) is not { } found) return ProblemAnswer.NotFound("integration", integration);
        var drop = await drops.WriteAsync($"{id}/{name}", Body(request), force, cancel);
        var run = ImportScheduler.IdOf(drop);
        await runs.AddAsync(Admission.Queued(run, drop, found.Value), new RunSource(blobs.Imports.Name, drop.Path, drop.ETag, drop.Force), cancel);
        await scheduler.ScheduleAsync(client, drop, cancel);
        return Answer.Accepted(new RunReference(run, RunStatus.Queued), $"/runs/{run}");
    }

    private LimitedStream Body(HttpRequest request)
    {
        if (request.ContentLength > options.Limits.MaxFileBytes) throw new BodyTooLargeException(options.Limits.MaxFileBytes);
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = null;
        return new LimitedStream(request.Body, options.Limits.MaxFileBytes);
    }
}
