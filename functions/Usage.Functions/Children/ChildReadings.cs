using Usage.Core.Accounts.Matching;
using Usage.Core.Files;
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
    /// <param name="plan">Of the child.</param>
    /// <param name="chain">Of the child.</param>
    /// <param name="mapping">Of the parent.</param>
    /// <param name="batch">That is read.</param>
    /// <param name="roster">As it is now.</param>
    public async Task<ChildReading> PrepareAsync(
        ChildPlan plan, ChildChain chain, ImportMapping mapping, BatchRange batch, RosterSnapshot roster,
        CancellationToken cancellationToken)
    {
        var known = new ResolvedKeys(plan.Resolutions, account => roster.Find(account)?.Ordinal);
        return await PrepareAsync(
            plan, chain, plan.Resolutions.Count == 0 ? null : new KnownAccounts(known, roster.Matcher), roster.Matcher.With(known),
            run => AccountsAsync(run, mapping, batch, batch, roster, cancellationToken), cancellationToken);
    }

    /// <summary>To read rows of a child that has ended as it read them.</summary>
    /// <param name="stretch">Of the file.</param>
    /// <returns>Null: the run is no child.</returns>
    public async Task<ChildReading?> FindAsync(
        Run run, ImportMapping mapping, FilePlan file, BatchRange stretch, RosterSnapshot roster, CancellationToken cancellationToken)
    {
        if (run.FileOf() == run.Id || await children.FindPlanAsync(run.Id, cancellationToken) is not { } plan) return null;
        var chain = await children.ChainAsync(run.Id, cancellationToken);
        var found = await OfAsync(run.Id);
        return await PrepareAsync(plan, chain, found, found, OfAsync, cancellationToken);

        Task<IRowAccounts> OfAsync(RunId reader) =>
            AccountsAsync(reader, mapping, file.Batches[stretch.Index], stretch, roster, cancellationToken);
    }

    private async Task<ChildReading> PrepareAsync(
        ChildPlan plan, ChildChain chain, IRowAccounts? known, IRowAccounts now, Func<RunId, Task<IRowAccounts>> accountsOf,
        CancellationToken cancellationToken)
    {
        var before = new List<ChildReading.Earlier>();
        foreach (var child in chain.Earlier)
            before.Add(new ChildReading.Earlier(
                (await children.PlanAsync(child, cancellationToken)).Mends, await accountsOf(child)));
        return new ChildReading
        {
            Parent = await accountsOf(plan.Root),
            Before = before,
            Mends = plan.Mends,
            Known = known,
            Now = now,
            Whole = chain.Whole,
        };
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
