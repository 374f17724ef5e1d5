using Usage.Core.Accounts;
using Usage.Core.Accounts.Matching;
using Usage.Core.Changes;
using Usage.Core.Files;
using Usage.Core.Ids;
using Usage.Core.Integrations;
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
    WriteBases bases, BlockHistories histories, UsageTables tables, Roster roster, ResolutionStore resolutions, MendedTexts mendedTexts,
    PinnedMappings mappings, PreviewLimits limits)
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
        if (await mappings.MisfitAsync(root.Run, cancellationToken) is { } misfit)
            return ChildPreview.Nothing with { Error = misfit };
        var accounts = await roster.GetAsync(cancellationToken);
        if (made is not null) accounts = accounts.With(made);
        var said = (await resolutions.ReadAsync(mapping.Integration.Id, cancellationToken)).All;
        var asked = new Asked(root, mapping, accounts, said, limits);
        return root.Run.IsUndecided()
            ? await MakeAnewAsync(asked, plan, cancellationToken) : await MakeAsync(asked, plan, cancellationToken);
    }

    private async Task<ChildPreview?> MakeAsync(Asked asked, ChildPlan plan, CancellationToken cancellationToken)
    {
        var (root, mapping, accounts) = (asked.Root, asked.Mapping, asked.Accounts);
        var planned = (await files.PlanAsync(plan.Root, cancellationToken)).Plan;
        if (planned.Rows > asked.Limits.MaxRows) return ChildPreview.Large;
        var chain = await chains.FindAsync(root.Run, cancellationToken);
        var read = new Read();
        foreach (var range in planned.Batches)
        {
            var child = await readings.PrepareAsync(asked.Id, plan, chain, mapping, range, accounts, asked.Said, cancellationToken);
            var text = new byte[range.Length];
            var erased = await texts.ReadAsync(root, planned, range, text, cancellationToken);
            var options = new BatchOptions { Partitions = 1, Child = child, Erased = erased };
            read.Add(new BatchReader(mapping, planned, accounts.Matcher, options), range, text, cancellationToken);
        }

        var touched = TouchedAccounts.Of([.. read.Results.SelectMany(result => result.Touched)]);
        var states = chain.Whole ? null : new ChildStates(asked.Id, [plan.Root, .. chain.Earlier], touched);
        return await CountAsync(asked, planned, read, states, cancellationToken);
    }

    /// <summary>Its mends change what the file proves.</summary>
    private async Task<ChildPreview?> MakeAnewAsync(Asked asked, ChildPlan plan, CancellationToken cancellationToken)
    {
        var (mapping, accounts) = (asked.Mapping, asked.Accounts);
        if ((await files.FindUndecidedAsync(plan.Root, cancellationToken))!.Rows > asked.Limits.MaxRows) return ChildPreview.Large;
        var (mended, error) = await mendedTexts.PlanAsync(asked.Root, mapping, plan.Mends, cancellationToken);
        if (mended is null) return ChildPreview.Nothing with { Error = error };
        await using var open = mended;
        var matcher = accounts.Matcher.With(new ResolvedKeys(asked.Said, account => accounts.Find(account)?.Ordinal));
        var read = new Read();
        foreach (var range in mended.Plan.Batches)
        {
            var text = new byte[range.Length];
            await mended.ReadAsync(range, text, cancellationToken);
            read.Add(new BatchReader(mapping, mended.Plan, matcher, new BatchOptions { Partitions = 1 }), range, text, cancellationToken);
        }

        return await CountAsync(asked, mended.Plan, read, states: null, cancellationToken);
    }

    /// <param name="states">Of the accounts that it touches; null: it takes the whole file.</param>
    private async Task<ChildPreview> CountAsync(
        Asked asked, FilePlan plan, Read read, ChildStates? states, CancellationToken cancellationToken)
    {
        var (mapping, totals) = (asked.Mapping, BatchTotals.Of(read.Results));
        var counts = totals.Rows with { Recorded = totals.Accepted };
        // Of a parent that recorded nothing the whole file is taken, by the same policies.
        if (states is null && RunDecision.Refusal(mapping.Integration.OnError, totals.Rows, totals.Entries > 0) is { } error)
            return ChildPreview.Nothing with { Counts = counts, Error = error };
        var preview = ChildPreview.Nothing with { Rows = Released(totals), Counts = counts };
        if (states is { Touched.Any: false }) return preview;
        var merge = new PartitionMerge(
            mapping, new MergeOptions { Rows = plan.Rows, Accounts = states is null ? null : states.Touched.Has });
        var merged = merge.ReadAsync(read.Entries, cancellationToken);
        if (states is not null) merged = groups.WithWrittenAsync(merged, states.Chain, partition: null, states.Touched, cancellationToken);
        var blocks = await StatesAsync(asked, totals, states, cancellationToken);
        return await CountAsync(preview, asked.Limits, blocks, merged, cancellationToken);
    }

    private async Task<BlockStates> StatesAsync(
        Asked asked, BatchTotals totals, ChildStates? states, CancellationToken cancellationToken)
    {
        var found = new List<ProductBasis>();
        foreach (var product in states is null ? totals.Dates : await dates.OfAsync(totals.Dates, states.Chain, cancellationToken))
            found.Add(await bases.LookAsync(
                asked.Root.Queued() with { Run = asked.Id }, asked.Root, product, ProductTurns.AfterAll, cancellationToken));
        var undone = await histories.UndoneAsync(
            found.SelectMany(product => product.Dates).SelectMany(date => date.Writers), cancellationToken);
        return new BlockStates(
            tables, histories, new WriteBasis(found), LogHeader.Of(asked.Mapping).Products, asked.Accounts.IdOf, undone, states);
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

    /// <param name="Said">Of identifiers, until now.</param>
    private sealed record Asked(
        StoredRun Root, ImportMapping Mapping, RosterSnapshot Accounts, IReadOnlyList<Resolution> Said, PreviewLimits Limits)
    {
        /// <summary>Of the run that it would be.</summary>
        public RunId Id { get; } = RunIdText.Unique(DateTimeOffset.UnixEpoch, Guid.NewGuid());
    }

    private sealed class Read
    {
        public List<BatchResult> Results { get; } = [];

        public List<MemoryStream> Entries { get; } = [];

        public void Add(BatchReader reader, BatchRange range, byte[] text, CancellationToken cancellationToken)
        {
            var entries = new MemoryStream();
            Results.Add(reader.Read(range, text, entries, Stream.Null, Stream.Null, cancellationToken: cancellationToken));
            entries.Position = 0;
            Entries.Add(entries);
        }
    }
}
