using Azure.Storage.Blobs.Models;
using Microsoft.AspNetCore.Mvc;
using Microsoft.DurableTask.Client;
using Usage.Core.Integrations;
using Usage.Core.Runs;
using Usage.Functions.Http;
using Usage.Functions.Imports;
using Usage.Functions.Imports.Steps;
using Usage.Functions.Runs;
using Usage.Functions.Settings;
using Usage.Storage;
using Usage.Storage.Imports;
using Usage.Storage.Products;
using Usage.Storage.Runs;

namespace Usage.Functions.TestRuns;

/// <summary>Starts a test run: its mapping is pinned here, and the rest is a run's way without a turn.</summary>
public sealed class TestRunStarter(
    ProductStore products, RunStore runs, RunFiles files, RunBlobs runBlobs, DropStore drops, UsageBlobs blobs, ImportScheduler scheduler,
    UsageOptions options, TimeProvider clock)
{
    public async Task<IActionResult> StartBlobAsync(DurableTaskClient client, Draft draft, string path, CancellationToken cancel)
    {
        if (await drops.FindAsync(path, cancel) is not { } drop) return ProblemAnswer.NotFound($"There is no file \"{path}\" in imports.");
        return await StartAsync(client, draft, path, _ => Task.FromResult((drop.ArrivedAt, new RunSource(blobs.Imports.Name, path, drop.ETag, false))), cancel);
    }

    public Task<IActionResult> StartContentAsync(DurableTaskClient client, Draft draft, string name, Stream content, CancellationToken cancel) =>
        StartAsync(client, draft, null, async id =>
        {
            var written = await runBlobs.Blob(id, name).UploadAsync(
                new LimitedStream(content, options.Limits.MaxFileBytes), new BlobUploadOptions { TransferOptions = UsageBlobs.SmallPieces }, cancel);
            return (written.Value.LastModified, new RunSource(blobs.Runs.Name, $"{id}/{name}", written.Value.ETag.ToString("G").Trim('"'), false));
        }, cancel);

    private async Task<IActionResult> StartAsync(
        DurableTaskClient client, Draft draft, string? blob, Func<RunId, Task<(DateTimeOffset ArrivedAt, RunSource Source)>> store, CancellationToken cancel)
    {
        var known = await products.MapAsync(cancel);
        if (Problems.Answer(IntegrationRules.Validate(draft.Integration, known, options.MaxDimensions), draft.Place) is { } wrong) return wrong;
        var id = RunIdText.Unique(clock.GetUtcNow(), Guid.NewGuid());
        var (arrivedAt, source) = await store(id);
        await files.AddMappingAsync(id, ImportMappings.Pin(draft.Integration, known, arrivedAt, options.GetZone()), cancel);
        var run = new Run
        {
            Id = id,
            Integration = draft.Saved ? draft.Integration.Id : null,
            Version = draft.Integration.Version,
            Kind = RunKind.Test,
            Blob = blob,
            Status = RunStatus.Queued,
            ArrivedAt = arrivedAt,
        };
        await runs.AddAsync(run, source, cancel);
        await scheduler.ScheduleAsync(client, new ImportFile.Input(id, RunKind.Test), cancel);
        return Answer.Accepted(new RunReference(id, RunStatus.Queued), $"/test-runs/{id}");
    }
}
