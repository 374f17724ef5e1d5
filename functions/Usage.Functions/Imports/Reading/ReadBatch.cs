using System.Buffers;
using Microsoft.Azure.Functions.Worker;
using Usage.Core.Accounts.Matching;
using Usage.Core.Files;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Issues;
using Usage.Core.Runs;
using Usage.Core.Snapshots;
using Usage.Core.Snapshots.Reading;
using Usage.Core.Snapshots.Rows;
using Usage.Functions.Children;
using Usage.Functions.Runs;
using Usage.Functions.Telemetry;
using Usage.Storage.Accounts;
using Usage.Storage.Children;
using Usage.Storage.Imports;
using Usage.Storage.Imports.Reading;
using Usage.Storage.Imports.Rows;
using Usage.Storage.Runs;

namespace Usage.Functions.Imports.Reading;

/// <summary>Reads one batch: accounts matched, cells typed, values sorted into partitions.</summary>
public sealed class ReadBatch(
    RunStore runs, RunFiles files, BatchFiles batches, RowFiles rows, RunTexts texts, PinnedRosters rosters, ChildFiles children,
    ChildReadings readings, ProgressReporter progress, LateAttempts late, StageTelemetry telemetry)
{
    /// <summary>Batches read at the same time, however many activities run: each takes a core, and some tens of MB.</summary>
    private static readonly SemaphoreSlim Slots = new(AtOnce);

    private const int AtOnce = 2;

    /// <summary>For the batches' texts; the shared pool would keep an array for each thread.</summary>
    private static readonly ArrayPool<byte> Texts = ArrayPool<byte>.Create(1 << 27, AtOnce);

    public sealed record Input(RunId Run, int Batch);

    [Function(nameof(ReadBatch))]
    public async Task RunAsync([ActivityTrigger] Input input, CancellationToken cancellationToken)
    {
        var stored = await runs.GetAsync(input.Run, cancellationToken);
        if (stored.CancelRequested || stored.Run.HasEnded()) return;
        try
        {
            await telemetry.MeasureAsync("read", stored.Run, () => ReadAsync(stored, input.Batch, cancellationToken));
        }
        catch (FileReplacedException replaced)
        {
            await files.AddFailureAsync(input.Run, new RunError(IssueCode.FileReplaced, replaced.Message), cancellationToken);
        }
    }

    private async Task ReadAsync(StoredRun stored, int batch, CancellationToken cancellationToken)
    {
        var id = stored.Run.Id;
        var (mapping, planned) = (await files.MappingAsync(id, cancellationToken), await files.PlanAsync(id, cancellationToken));
        var range = planned.Plan.Batches[batch];
        var child = planned.FileOf is null ? null : await PrepareAsync(id, planned, mapping, range, cancellationToken);
        var accounts = child?.Parent ?? await MatcherAsync(id, planned, cancellationToken);
        await Slots.WaitAsync(cancellationToken);
        var rented = Texts.Rent((int)range.Length);
        try
        {
            var text = rented.AsMemory(0, (int)range.Length);
            var erased = await texts.ReadAsync(stored, planned.Plan, range, text, cancellationToken);
            var stamp = (uint)Random.Shared.NextInt64(1L << 32);
            await using var entries = batches.CreateEntries(id, batch, stamp);
            await using var rejected = batches.CreateRejected(id, batch, stamp);
            await using var waiting = batches.CreateWaiting(id, batch, stamp);
            var previewRows = stored.Run.Kind == RunKind.Test ? PreviewRow.MaxRows : 0;
            var reader = new BatchReader(
                mapping, planned.Plan, accounts,
                new BatchOptions
                {
                    Partitions = planned.Partitions,
                    Run = id.Value,
                    PreviewRows = previewRows,
                    Child = child,
                    Erased = erased,
                });
            using var table = new RowTableWriter(range, mapping.Integration.Match.Count);
            var result = reader.Read(range, text, entries, rejected, waiting, table, cancellationToken);
            if (!entries.IsEmpty) await entries.CompleteAsync(cancellationToken);
            if (!rejected.IsEmpty) await rejected.CompleteAsync(cancellationToken);
            if (!waiting.IsEmpty) await waiting.CompleteAsync(cancellationToken);
            await using var kept = rows.CreateTable(id, batch);
            var summary = table.WriteTo(kept, result);
            await kept.CompleteAsync(cancellationToken);
            await batches.AddAsync(id, new BatchRead(stamp, result, summary), cancellationToken);
            var counted = new ProgressReporter.Part(range.Rows, planned.Plan.Rows);
            await progress.AddAsync(id, RunStage.Reading, planned.Plan.Batches.Count, counted, cancellationToken);
            await late.CleanUpAsync(id, cancellationToken);
        }
        finally
        {
            Texts.Return(rented);
            Slots.Release();
        }
    }

    private async Task<ChildReading> PrepareAsync(
        RunId child, PlannedFile planned, ImportMapping mapping, BatchRange range, CancellationToken cancellationToken) =>
        await readings.PrepareAsync(
            child, await children.PlanAsync(child, cancellationToken), await children.ChainAsync(child, cancellationToken), mapping, range,
            await rosters.GetAsync(planned.Roster, cancellationToken),
            planned.IsResolved ? await files.ResolutionsAsync(child, cancellationToken) : [], cancellationToken);

    private async Task<AccountMatcher> MatcherAsync(RunId run, PlannedFile planned, CancellationToken cancellationToken)
    {
        var roster = await rosters.GetAsync(planned.Roster, cancellationToken);
        if (!planned.IsResolved) return roster.Matcher;
        var resolutions = await files.ResolutionsAsync(run, cancellationToken);
        return roster.Matcher.With(new ResolvedKeys(resolutions, account => roster.Find(account)?.Ordinal));
    }
}
