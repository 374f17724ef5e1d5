using Microsoft.DurableTask.Client;
using Usage.Core.Integrations;
using Usage.Core.Problems;
using Usage.Core.Runs;
using Usage.Functions.Imports.Steps;
using Usage.Functions.Settings;
using Usage.Storage;
using Usage.Storage.Imports;
using Usage.Storage.Integrations;
using Usage.Storage.Products;
using Usage.Storage.Runs;

namespace Usage.Functions.Imports;

/// <summary>Decides what a dropped file means, once: later edits change nothing of it.</summary>
public sealed class Admission(
    IntegrationStore integrations, ProductStore products, RunStore runs, RunFiles files, Turns turns, EndStep end, UsageBlobs blobs, UsageOptions options)
{
    public async Task<Turns.Output> AdmitAsync(DurableTaskClient client, RunId id, Drop drop, CancellationToken cancel)
    {
        if (await runs.FindAsync(id, cancel) is { } ended && ended.Run.HasEnded()) return Turns.Output.Over;
        var integration = await FindAsync(drop.Folder, cancel);
        var source = new RunSource(blobs.Imports.Name, drop.Path, drop.ETag, drop.Force);
        var added = await runs.AddAsync(Queued(id, drop, integration), source, cancel);
        var (mapping, error) = await PinAsync(drop, integration, cancel);
        if (error is not null) return new Turns.Output(Turns.State.Ended) { Next = (await end.FailAsync(id, error, cancel)).Next };
        await files.AddMappingAsync(id, mapping!, cancel);
        if (!added) await CorrectVersionAsync(id, cancel);
        return await turns.EnterAsync(client, new IntegrationId(drop.Folder), Turns.Waiting(id, drop), cancel);
    }

    public static Run Queued(RunId id, Drop drop, Integration? integration) => new()
    {
        Id = id,
        Integration = IntegrationId.TryParse(drop.Folder, out var folder) ? folder : null,
        Version = integration?.Version ?? 0,
        Kind = RunKind.Import,
        Blob = drop.Path,
        Status = RunStatus.Queued,
        ArrivedAt = drop.ArrivedAt,
    };

    /// <summary>The record is older than the pinned mapping where the file came over HTTP, or where this was tried before.</summary>
    private async Task CorrectVersionAsync(RunId id, CancellationToken cancel)
    {
        var (run, version) = ((await runs.GetAsync(id, cancel)).Run, (await files.MappingAsync(id, cancel)).Integration.Version);
        if (run.Version != version) await runs.SaveAsync(run with { Version = version }, cancel);
    }

    private async Task<Integration?> FindAsync(string folder, CancellationToken cancel) =>
        IntegrationId.TryParse(folder, out var id) ? (await integrations.GetAsync(id, cancel))?.Value : null;

    private async Task<(ImportMapping? Mapping, RunError? Error)> PinAsync(Drop drop, Integration? integration, CancellationToken cancel)
    {
        if (integration is null) return (null, AdmissionErrors.UnknownIntegration(drop));
        if (!FileNames.HasKnownExtension(drop.Path)) return (null, AdmissionErrors.Unsupported(drop));
        var known = await products.MapAsync(cancel);
        var wrong = IntegrationRules.Validate(integration, known).Where(problem => problem.Kind != ProblemKind.Warning).ToList();
        return wrong.Count > 0
            ? (null, AdmissionErrors.NotReady(integration, wrong))
            : (ImportMappings.Pin(integration, known, drop.ArrivedAt, options.GetZone()), null);
    }
}
