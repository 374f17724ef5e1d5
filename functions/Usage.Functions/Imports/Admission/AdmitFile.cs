using Azure;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Integrations.Rules;
using Usage.Core.Issues;
using Usage.Core.Problems;
using Usage.Core.Products;
using Usage.Core.Runs;
using Usage.Functions.Imports.Ending;
using Usage.Functions.Runs;
using Usage.Functions.Settings;
using Usage.Storage.Children;
using Usage.Storage.Imports;
using Usage.Storage.Integrations;
using Usage.Storage.Products;
using Usage.Storage.Runs;

namespace Usage.Functions.Imports.Admission;

/// <summary>
/// Decides once what a dropped file means, so that later edits of its integration change nothing of it; writes the run, and puts it into
/// the queue of its integration.
/// </summary>
public sealed partial class AdmitFile(
    IntegrationStore integrations, ProductStore products, DropStore drops, RunStore runs, RunCensus census, RunFiles files,
    SourceFiles sources, Corrections corrections, ChildFiles children, QueuedRuns queue, RunScheduler scheduler, RunEnd end,
    TakeTurn turn, UsageOptions options, ILogger<AdmitFile> logger)
{
    private const int Refused = 403;

    public sealed record Input(RunId Run, Drop Drop);

    [Function(nameof(AdmitFile))]
    public async Task<TakeTurn.Output> RunAsync(
        [ActivityTrigger] Input input, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var (id, drop) = input;
        if ((await runs.FindAsync(id, cancellationToken))?.Run.HasEnded() == true) return TakeTurn.Output.Ended(next: null);
        var integration = IntegrationId.TryParse(drop.Folder, out var folder)
            ? (await integrations.GetAsync(folder, cancellationToken))?.Value : null;
        var added = await runs.AddAsync(drop.ToQueuedRun(integration?.Version ?? 0), RunSource.Of(drop), cancellationToken);
        var known = await products.MapAsync(cancellationToken);
        if (integration is null)
            return TakeTurn.Output.Ended(await end.FailAsync(id, AdmissionErrors.UnknownIntegration(drop), cancellationToken));
        if (await PinAsync(id, drop, cancellationToken) is { } gone)
            return TakeTurn.Output.Ended(await end.FailAsync(id, gone, cancellationToken));
        if (await FixAsync(client, drop, integration, cancellationToken) is { } fix) return fix;
        if (Refusal(integration, known) is { } error) return TakeTurn.Output.Ended(await end.FailAsync(id, error, cancellationToken));
        var mapping = ImportMappings.Pin(integration, known, drop.Origin(), drop.ArrivedAt, options.GetZone());
        await files.AddMappingAsync(id, mapping, cancellationToken);
        if (!added) await CorrectVersionAsync(id, cancellationToken);
        await queue.AddAsync(folder, new QueuedRun(id, drop), cancellationToken);
        if (await ChangedAsync(id, cancellationToken) is { } change)
            return TakeTurn.Output.Ended(await end.FailAsync(id, change, cancellationToken));
        return await TakePlaceAsync(client, folder, new QueuedRun(id, drop), cancellationToken);
    }

    /// <summary>A file in which rejected rows of a run come back is a fix of that run, and waits its turn as what it is.</summary>
    /// <returns>Null: it is an import.</returns>
    private async Task<TakeTurn.Output?> FixAsync(
        DurableTaskClient client, Drop drop, Integration integration, CancellationToken cancellationToken)
    {
        var id = drop.RunId;
        var stored = await runs.GetAsync(id, cancellationToken);
        if (stored.Run.Kind != RunKind.Fix)
        {
            Corrections.Found? found;
            try
            {
                found = await LookAsync(stored, integration, cancellationToken);
            }
            catch (RequestFailedException refused) when (refused.Status == Refused)
            {
                var error = new RunError(IssueCode.ImportFailed, $"{FailRun.NotTheFile} {RunSummary.NothingWritten}");
                LogUnreadable(id, integration.Id.Value, refused);
                return TakeTurn.Output.Ended(await end.FailAsync(id, error, cancellationToken));
            }

            if (found is null) return null;
            var parent = found.Parent.Run;
            var fix = stored.Run with { Kind = RunKind.Fix, Parent = parent.Id, Version = parent.Version };
            if (found.Error is { } wrong)
                return TakeTurn.Output.Ended(
                    await end.FinishAsync(id, _ => fix with { Status = RunStatus.Failed, Error = wrong }, cancellationToken));
            await children.AddPlanAsync(id, found.Plan!, cancellationToken);
            await runs.BecomeFixAsync(
                fix with { ArrivedAt = parent.ArrivedAt, Sha256 = found.Sha256 }, drop.ArrivedAt, found.Parent.Content, cancellationToken);
        }

        await runs.AddChildAsync((await runs.GetAsync(id, cancellationToken)).Run.FileOf(), id, cancellationToken);
        await queue.AddAsync(integration.Id, new QueuedRun(id, drop), cancellationToken);
        return await TakePlaceAsync(client, integration.Id, new QueuedRun(id, drop), cancellationToken);
    }

    /// <summary>Admitting is tried for hours; storage that is there and refuses the copy is asked for half a minute.</summary>
    private async Task<Corrections.Found?> LookAsync(StoredRun stored, Integration integration, CancellationToken cancellationToken)
    {
        for (var pause = TimeSpan.FromSeconds(1); ; pause *= 2)
        {
            try
            {
                return await corrections.FindAsync(stored, integration, cancellationToken);
            }
            catch (RequestFailedException refused) when (refused.Status == Refused && pause < TimeSpan.FromSeconds(20))
            {
                await Task.Delay(pause, cancellationToken);
            }
        }
    }

    /// <summary>
    /// Once the run is in the queue nobody deletes what it has pinned: who looked before is made to look again, and what was deleted before
    /// that is missed here.
    /// </summary>
    /// <returns>What isn't as it was pinned; null: all is.</returns>
    private async Task<RunError?> ChangedAsync(RunId id, CancellationToken cancellationToken)
    {
        var mapping = await files.MappingAsync(id, cancellationToken);
        var touched = integrations.TouchAsync(mapping.Integration.Id, cancellationToken);
        await products.TouchAsync(mapping.Products.Select(product => product.Id), cancellationToken);
        if (await touched && mapping.Fits(await products.MapAsync(cancellationToken))) return null;
        return AdmissionErrors.Changed(mapping.Integration.Id);
    }

    /// <returns>That the version which was dropped is gone; null: the run has its copy.</returns>
    private async Task<RunError?> PinAsync(RunId id, Drop drop, CancellationToken cancellationToken)
    {
        if ((await runs.GetAsync(id, cancellationToken)).Pinned is not null) return null;
        try
        {
            await runs.PinAsync(id, await sources.PinAsync(id, RunSource.Of(drop), cancellationToken), cancellationToken);
            return null;
        }
        catch (FileReplacedException replaced)
        {
            return new RunError(IssueCode.FileReplaced, replaced.Message);
        }
    }

    /// <returns>Why the file isn't read at all; null: it is.</returns>
    private static RunError? Refusal(Integration integration, IReadOnlyDictionary<ProductId, Product> known)
    {
        var wrong = IntegrationRules.Validate(integration, known).Where(problem => problem.Kind != ProblemKind.Warning).ToList();
        return wrong.Count > 0 ? AdmissionErrors.NotReady(integration, wrong) : null;
    }

    /// <summary>
    /// Where the file came over HTTP, or where this was tried before, the record is older than the pinned mapping and may name another
    /// version.
    /// </summary>
    private async Task CorrectVersionAsync(RunId id, CancellationToken cancellationToken)
    {
        var (run, version) = ((await runs.GetAsync(id, cancellationToken)).Run,
            (await files.MappingAsync(id, cancellationToken)).Integration.Version);
        if (run.Version != version) await runs.SaveAsync(run with { Version = version }, cancellationToken);
    }

    private async Task<TakeTurn.Output> TakePlaceAsync(
        DurableTaskClient client, IntegrationId integration, QueuedRun queued, CancellationToken cancellationToken)
    {
        foreach (var drop in await EarlierWithoutRunAsync(integration, queued, cancellationToken))
        {
            LogLate(queued.Run, integration, drop.Path);
            await queue.AddAsync(integration, QueuedRun.Of(drop), cancellationToken);
            await scheduler.ScheduleAsync(client, RunStart.Of(drop), cancellationToken);
        }

        return await turn.TakeAsync(client, integration, queued, cancellationToken);
    }

    /// <summary>Files that arrived before this one and have no run yet: their events are late, or lost.</summary>
    private async Task<IReadOnlyCollection<Drop>> EarlierWithoutRunAsync(
        IntegrationId integration, QueuedRun queued, CancellationToken cancellationToken)
    {
        var from = queued.Drop.ArrivedAt.AddHours(-options.LateEventHours);
        var earlier = new Dictionary<RunId, Drop>();
        await foreach (var drop in drops.ListAsync(integration, cancellationToken))
            if (drop.ArrivedAt >= from && QueuedRun.Of(drop).IsBefore(queued)) earlier[drop.RunId] = drop;
        if (earlier.Count == 0) return [];
        foreach (var known in await census.ArrivedAsync(integration, from, queued.Drop.ArrivedAt, cancellationToken)) earlier.Remove(known);
        return earlier.Values;
    }

    [LoggerMessage(LogLevel.Error, "The copy of run {Run}'s file, of {Integration}, can't be read")]
    private partial void LogUnreadable(RunId run, string integration, Exception problem);

    [LoggerMessage(LogLevel.Information, "Run {Run} of {Integration} waits for {Blob}, which arrived before it and whose event is late")]
    private partial void LogLate(RunId run, IntegrationId integration, string blob);
}
