using Usage.Core.Accounts;
using Usage.Core.Changes;
using Usage.Core.Children;
using Usage.Core.Ids;
using Usage.Core.Issues;
using Usage.Core.Runs;
using Usage.Core.Snapshots;
using Usage.Core.Snapshots.Merging;
using Usage.Core.Snapshots.Reading;
using Usage.Functions.Children;
using Usage.Functions.Imports.Writing;
using Usage.Functions.Runs;
using Usage.Storage;
using Usage.Storage.Accounts;
using Usage.Storage.Changes;
using Usage.Storage.Children;
using Usage.Storage.Imports;
using Usage.Storage.Imports.Writing;
using Usage.Storage.Runs;
using Usage.Storage.Unmatched;

namespace Usage.Functions.Mending;

/// <summary>Says what a replay or fix would record as things are now. Nothing is kept of it.</summary>
public sealed class ChildPreviews(
    RunStore runs, RunFiles files, RunTexts texts, ChildChains chains, ChildReadings readings, ChildGroups groups, ChildDates dates,
    WriteBases bases, BlockHistories histories, UsageTables tables, Roster roster, ResolutionStore resolutions, PreviewLimits limits,
    TimeProvider clock)
{
    private const int ComparedAtOnce = 8;

    /// <param name="plan">Of the child.</param>
    /// <param name="made">An account that is to be made first; null: none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null: what the run read isn't kept any more.</returns>
    public Task<ChildPreview?> MakeAsync(ChildPlan plan, Account? made, CancellationToken cancellationToken) =>
        MakeAsync(plan, made, new PreviewLimits { MaxRows = long.MaxValue, MaxValues = long.MaxValue }, cancellationToken);

    /// <summary>While a request waits.</summary>
    /// <returns>Null, as <see cref="MakeAsync(ChildPlan, Account?, CancellationToken)"/> says; <see cref="ChildPreview.IsLarge"/>: it would
    /// take longer than a request may.</returns>
    public Task<ChildPreview?> TryAsync(ChildPlan plan, Account? made, CancellationToken cancellationToken) =>
        MakeAsync(plan, made, limits, cancellationToken);

    private async Task<ChildPreview?> MakeAsync(ChildPlan plan, Account? made, PreviewLimits limits, CancellationToken cancellationToken)
    {
        var root = await runs.GetAsync(plan.Root, cancellationToken);
        if (await files.FindMappingAsync(plan.Root, cancellationToken) is not { } mapping) return null;
        var (planned, accounts) = (await files.PlanAsync(plan.Root, cancellationToken), await roster.GetAsync(cancellationToken));
        if (planned.Plan.Rows > limits.MaxRows) return ChildPreview.Large;
        if (made is not null) accounts = accounts.With(made);
        var chain = await chains.FindAsync(root.Run, cancellationToken);
        var said = (await resolutions.ReadAsync(mapping.Integration.Id, cancellationToken)).All;
        var (results, entries) = (new List<BatchResult>(), new List<MemoryStream>());
        var id = RunIdText.Unique(clock.GetUtcNow(), Guid.NewGuid());
        foreach (var range in planned.Plan.Batches)
        {
            var child = await readings.PrepareAsync(id, plan, chain, mapping, range, accounts, said, cancellationToken);
            var text = new byte[range.Length];
            var erased = await texts.ReadAsync(root, planned.Plan, range, text, cancellationToken);
            var reader = new BatchReader(
                mapping, planned.Plan, accounts.Matcher, new BatchOptions { Partitions = 1, Child = child, Erased = erased });
            entries.Add(new MemoryStream());
            results.Add(reader.Read(range, text, entries[^1], Stream.Null, Stream.Null, cancellationToken: cancellationToken));
            entries[^1].Position = 0;
        }

        var totals = BatchTotals.Of(results);
        var touched = TouchedAccounts.Of([.. results.SelectMany(result => result.Touched)]);
        // Of a parent that recorded nothing the whole file is taken, by the same policies.
        if (chain.Whole && RunDecision.Refusal(mapping.Integration.OnError, totals.Rows, totals.Entries > 0) is not null)
            return ChildPreview.Nothing with { Counts = totals.Rows with { Recorded = totals.Accepted } };
        var preview = ChildPreview.Nothing with { Rows = Released(totals), Counts = totals.Rows with { Recorded = totals.Accepted } };
        if (!touched.Any) return preview;
        var states = chain.Whole ? null : new ChildStates(id, [plan.Root, .. chain.Earlier], touched);
        var merge = new PartitionMerge(
            mapping, new MergeOptions { Rows = planned.Plan.Rows, Accounts = states is null ? null : touched.Has });
        var merged = merge.ReadAsync(entries, cancellationToken);
        if (states is not null) merged = groups.WithWrittenAsync(merged, states.Chain, partition: null, touched, cancellationToken);
        return await CountAsync(preview, limits, await StatesAsync(), merged, cancellationToken);

        async Task<BlockStates> StatesAsync()
        {
            var found = new List<ProductBasis>();
            foreach (var product in states is null ? totals.Dates : await dates.OfAsync(totals.Dates, states.Chain, cancellationToken))
                found.Add(await bases.LookAsync(
                    root.Queued() with { Run = id }, root, product, ProductTurns.AfterAll, cancellationToken));
            var basis = new WriteBasis(found);
            var undone = await histories.UndoneAsync(
                found.SelectMany(product => product.Dates).SelectMany(date => date.Writers), cancellationToken);
            return new BlockStates(tables, histories, basis, LogHeader.Of(mapping).Products, accounts.IdOf, undone, states);
        }
    }

    private static async Task<ChildPreview> CountAsync(
        ChildPreview preview, PreviewLimits limits, BlockStates states, IAsyncEnumerable<SnapshotGroup> merged,
        CancellationToken cancellationToken)
    {
        var (dates, changes, values) = (new HashSet<DateOnly>(), ChangeCounts.None, 0L);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            await Parallel.ForEachAsync(
                merged, new ParallelOptions { MaxDegreeOfParallelism = ComparedAtOnce, CancellationToken = enough.Token },
                async (group, cancellationToken) =>
                {
                    var writes = (await states.CompareAsync(group, cancellationToken)).Writes;
                    lock (dates)
                    {
                        changes += GroupComparison.Count(writes);
                        values += writes.Accounts.Sum(account => account.Cells.Count);
                        if (writes.Accounts.Any(account => account.IsSent())) dates.Add(group.Date);
                        if (values > limits.MaxValues) enough.Cancel();
                    }
                });
        }
        catch (OperationCanceledException) when (values > limits.MaxValues && !cancellationToken.IsCancellationRequested)
        {
            return ChildPreview.Large;
        }

        return values > limits.MaxValues ? ChildPreview.Large : preview with { Dates = [.. dates.Order()], Changes = changes };
    }

    private static long Released(BatchTotals totals) =>
        totals.Rows.Read - totals.Rows.Unmatched - totals.Rows.Ambiguous - totals.Rows.Invalid;
}

/// <param name="Rows">That it records.</param>
/// <param name="Dates">On which a value becomes another.</param>
public sealed record ChildPreview(long Rows, IReadOnlyList<DateOnly> Dates)
{
    public static ChildPreview Nothing { get; } = new(0, []);

    public static ChildPreview Large { get; } = Nothing with { IsLarge = true };

    /// <summary>Its rows; those that would be superseded count as recorded.</summary>
    public RowCounts Counts { get; init; } = new();

    public ChangeCounts Changes { get; init; } = ChangeCounts.None;

    /// <summary>It wasn't counted to its end.</summary>
    public bool IsLarge { get; init; }

    /// <summary>How many values become others.</summary>
    public long Values => Changes.New + Changes.Changed + Changes.Removed;
}
