using Microsoft.AspNetCore.Mvc;
using Microsoft.DurableTask.Client;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Integrations.Rules;
using Usage.Core.Outbound;
using Usage.Core.Runs;
using Usage.Core.Uploads;
using Usage.Functions.Http;
using Usage.Functions.Http.Bodies;
using Usage.Functions.Http.Errors;
using Usage.Functions.Runs;
using Usage.Functions.Settings;
using Usage.Storage.Imports;
using Usage.Storage.Products;
using Usage.Storage.Runs;
using Usage.Storage.Uploads;

namespace Usage.Functions.TestRuns;

/// <summary>Starts a test run: its mapping is pinned here, and then it goes an import's way, without waiting for a turn.</summary>
public sealed class TestRunStarter(
    ProductStore products, DropStore drops, SourceFiles sources, RunStore runs, RunFiles files, RunScheduler scheduler,
    OutboundRules outbound, UsageOptions options, TimeProvider clock)
{
    /// <param name="by">Who asks for it.</param>
    /// <param name="said">What the request says of the file; the blob says the rest.</param>
    public async Task<IActionResult> StartBlobAsync(
        DurableTaskClient client, Draft draft, string by, string path, FileOrigin said, CancellationToken cancellationToken)
    {
        if (await drops.FindAsync(path, cancellationToken) is not { } drop)
            return ProblemAnswer.NotFound($"There is no file \"{path}\" in imports.");
        var source = RunSource.Of(drop with { Force = false });
        var origin = new FileOrigin(said.Name ?? drop.Origin().Name, said.Date ?? drop.Date);
        return await StartAsync(client, draft, by, path, origin, _ => Task.FromResult((source, drop.ArrivedAt)), cancellationToken);
    }

    /// <param name="by">Who asks for it.</param>
    /// <param name="name">Of our copy of the content.</param>
    public Task<IActionResult> StartContentAsync(
        DurableTaskClient client, Draft draft, string by, string name, FileOrigin said, Stream content, CancellationToken cancellationToken)
    {
        var limited = new LimitedStream(content, options.Limits.MaxFileBytes);
        return StartAsync(client, draft, by, null, said, id => sources.SaveAsync(id, name, limited, cancellationToken), cancellationToken);
    }

    /// <param name="by">Who asks for it.</param>
    /// <param name="upload">The caller's own, with all of its blocks committed.</param>
    /// <param name="said">What the request says of the file; the upload says the rest.</param>
    public Task<IActionResult> StartUploadAsync(
        DurableTaskClient client, Draft draft, string by, Upload upload, FileOrigin said, CancellationToken cancellationToken) =>
        StartAsync(
            client, draft, by, null, said with { Name = said.Name ?? upload.Name },
            id => sources.SaveAsync(id, TestRunForm.CopyName(upload.Name), UploadFiles.Source(upload.Id), cancellationToken),
            cancellationToken);

    private async Task<IActionResult> StartAsync(
        DurableTaskClient client, Draft draft, string by, string? blob, FileOrigin origin,
        Func<RunId, Task<(RunSource Source, DateTimeOffset ArrivedAt)>> locate, CancellationToken cancellationToken)
    {
        var known = draft.With(await products.MapAsync(cancellationToken));
        var problems = IntegrationRules.Validate(draft.Integration, known, options.MaxDimensions);
        // What is saved was looked at when it was, and a test run sends nothing.
        if (!draft.Saved) problems = [.. problems, .. outbound.Validate(draft.Integration, id: null)];
        if (Problems.Answer(draft.Judged(problems), draft.Place) is { } wrong) return wrong;
        var id = RunIdText.Unique(clock.GetUtcNow(), Guid.NewGuid());
        var (source, arrivedAt) = await locate(id);
        await files.AddMappingAsync(
            id, ImportMappings.Pin(draft.Integration, known, origin, arrivedAt, options.GetZone()), cancellationToken);
        var run = new Run
        {
            Id = id,
            Integration = draft.Saved ? draft.Integration.Id : null,
            Version = draft.Integration.Version,
            Kind = RunKind.Test,
            Blob = blob,
            Status = RunStatus.Queued,
            By = by,
            ArrivedAt = arrivedAt,
        };
        await runs.AddAsync(run, source, cancellationToken);
        await scheduler.ScheduleAsync(client, new RunStart(id, RunKind.Test), cancellationToken);
        return Answer.Accepted(new RunReference(id, RunStatus.Queued), $"/test-runs/{id}");
    }
}
