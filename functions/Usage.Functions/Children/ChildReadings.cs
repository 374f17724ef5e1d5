using Usage.Core.Accounts;
using Usage.Core.Accounts.Matching;
using Usage.Core.Files;
using Usage.Core.Files.Reading;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Runs;
using Usage.Core.Snapshots.Reading;
using Usage.Core.Snapshots.Rows;
using Usage.Storage.Accounts;
using Usage.Storage.Children;
using Usage.Storage.Imports.Rows;

namespace Usage.Functions.Children;

/// <summary>Puts together how a batch is read for a replay or fix.</summary>
public sealed class ChildReadings(ChildFiles children, RowFiles rows)
{
    /// <param name="child">Its run; one that isn't there yet has no corrected rows.</param>
    /// <param name="plan">Of the child.</param>
    /// <param name="chain">Of the child.</param>
    /// <param name="mapping">Of the parent.</param>
    /// <param name="batch">That is read.</param>
    /// <param name="roster">As it is now.</param>
    /// <param name="said">Of identifiers, until now.</param>
    public async Task<ChildReading> PrepareAsync(
        RunId child, ChildPlan plan, ChildChain chain, ImportMapping mapping, BatchRange batch, RosterSnapshot roster,
        IReadOnlyList<Resolution> said, CancellationToken cancellationToken)
    {
        IReadOnlyList<Resolution> all = [.. said, .. plan.Resolutions];
        var now = new ResolvedKeys(all, account => roster.Find(account)?.Ordinal);
        // An earlier replay of a run that recorded nothing may have failed for what wasn't known then: nothing came of what it made known.
        var made = chain.Whole ? all : plan.Resolutions;
        var known = new ResolvedKeys(made, account => roster.Find(account)?.Ordinal);
        return await PrepareAsync(
            plan, chain, made.Count == 0 ? null : new KnownAccounts(known, roster.Matcher), roster.Matcher.With(now),
            run => AccountsAsync(run, mapping, batch, batch, roster, cancellationToken), child, batch, cancellationToken);
    }

    /// <summary>To read rows of a run that has ended as it read them: of a replay or fix as they stood after it.</summary>
    /// <param name="stretch">Of the file.</param>
    public async Task<RowReading> RereadAsync(
        Run run, ImportMapping mapping, FilePlan file, BatchRange stretch, RosterSnapshot roster, CancellationToken cancellationToken) =>
        new(mapping, file, ordinal => roster.Find(ordinal)?.Account)
        {
            Child = await FindAsync(run, mapping, file, stretch, roster, cancellationToken),
        };

    /// <returns>How they are read; null: the run is no child.</returns>
    /// <inheritdoc cref="RereadAsync"/>
    public async Task<ChildReading?> FindAsync(
        Run run, ImportMapping mapping, FilePlan file, BatchRange stretch, RosterSnapshot roster, CancellationToken cancellationToken)
    {
        if (run.FileOf() == run.Id || await children.FindPlanAsync(run.Id, cancellationToken) is not { } plan) return null;
        var chain = await children.ChainAsync(run.Id, cancellationToken);
        var found = await OfAsync(run.Id);
        return await PrepareAsync(plan, chain, found, found, OfAsync, run.Id, file.Batches[stretch.Index], cancellationToken);

        Task<IRowAccounts> OfAsync(RunId reader) =>
            AccountsAsync(reader, mapping, file.Batches[stretch.Index], stretch, roster, cancellationToken);
    }

    private async Task<ChildReading> PrepareAsync(
        ChildPlan plan, ChildChain chain, IRowAccounts? known, IRowAccounts now, Func<RunId, Task<IRowAccounts>> accountsOf,
        RunId child, BatchRange range, CancellationToken cancellationToken)
    {
        var before = new List<ChildReading.Earlier>();
        foreach (var earlier in chain.Earlier)
        {
            var its = await children.PlanAsync(earlier, cancellationToken);
            before.Add(new ChildReading.Earlier(
                its.Mends, await CorrectedAsync(earlier, its, chain, range.Index, cancellationToken), await accountsOf(earlier),
                await rows.FindOwnAsync(earlier, [range], cancellationToken)));
        }

        return new ChildReading
        {
            Parent = await accountsOf(plan.Root),
            Before = before,
            Mends = plan.Mends,
            Corrected = await CorrectedAsync(child, plan, chain, range.Index, cancellationToken),
            Known = known,
            Now = now,
            Whole = chain.Whole,
        };
    }

    /// <param name="child">The one that is read, or an earlier one.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="chain">Of the one that is read.</param>
    private async Task<CorrectedRows> CorrectedAsync(
        RunId child, ChildPlan plan, ChildChain chain, int batch, CancellationToken cancellationToken)
    {
        if (plan.Correction is not { } correction) return CorrectedRows.None;
        var rows = await children.CorrectedAsync(child, batch, correction.Parts, cancellationToken);
        if (rows.Count == 0 || correction.Run == plan.Root) return new CorrectedRows(0, rows);
        var sent = (await children.ChainAsync(correction.Run, cancellationToken)).Earlier.Append(correction.Run).ToHashSet();
        var until = chain.Earlier.TakeWhile(earlier => earlier != child).ToList();
        return new CorrectedRows(until.FindLastIndex(sent.Contains) + 1, rows);
    }

    /// <summary>The accounts of a batch's rows as a run has found them.</summary>
    /// <param name="stretch">Of the batch.</param>
    public async Task<IRowAccounts> AccountsAsync(
        RunId run, ImportMapping mapping, BatchRange batch, BatchRange stretch, RosterSnapshot roster, CancellationToken cancellationToken)
    {
        var (range, codes) =
            await rows.FindAsync(run, batch, stretch.FirstRow, stretch.FirstRow + stretch.Rows - 1, cancellationToken)
            ?? throw new InvalidOperationException($"what run {run} read isn't kept any more");
        var several = RowTable.HasSeveral(codes) ? await rows.SeveralAsync(run, batch.Index, cancellationToken) : [];
        return new KeptAccounts(
            range.FirstRow, codes, mapping.Integration.Match.Count, several, ordinal => roster.Find(ordinal)?.Account);
    }
}
