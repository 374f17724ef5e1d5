using Usage.Core.Accounts.Matching;
using Usage.Core.Children;
using Usage.Core.Files;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Snapshots.Rows;
using Usage.Storage.Accounts;
using Usage.Storage.Children;
using Usage.Storage.Imports.Rows;

namespace Usage.Functions.Children;

/// <summary>Puts together how a batch is read for a replay or fix.</summary>
public sealed class ChildReadings(ChildFiles children, RowFiles rows)
{
    /// <param name="Parent">Finds accounts as the parent did.</param>
    public sealed record Prepared(IRowAccounts Parent, ChildReading Reading);

    /// <param name="plan">Of the child.</param>
    /// <param name="chain">Of the child.</param>
    /// <param name="mapping">Of the parent.</param>
    /// <param name="batch">That is to be read.</param>
    /// <param name="roster">As it is now.</param>
    public async Task<Prepared> PrepareAsync(
        ChildPlan plan, ChildChain chain, ImportMapping mapping, BatchRange batch, RosterSnapshot roster,
        CancellationToken cancellationToken)
    {
        var before = new List<ChildReading.Earlier>();
        foreach (var child in chain.Earlier)
            before.Add(new ChildReading.Earlier(
                (await children.PlanAsync(child, cancellationToken)).Mends, await AccountsAsync(child)));
        var known = new ResolvedKeys(plan.Resolutions, account => roster.Find(account)?.Ordinal);
        return new Prepared(await AccountsAsync(plan.Root), new ChildReading
        {
            Before = before,
            Mends = plan.Mends,
            Known = plan.Resolutions.Count == 0 ? null : new KnownAccounts(known, roster.Matcher),
            Now = plan.Resolutions.Count == 0 ? roster.Matcher : roster.Matcher.With(known),
            Whole = chain.Whole,
        });

        async Task<IRowAccounts> AccountsAsync(RunId run)
        {
            var (_, codes) = await rows.FindAsync(run, batch, batch.FirstRow, batch.FirstRow + batch.Rows - 1, cancellationToken)
                ?? throw new InvalidOperationException($"what run {run} read isn't kept any more");
            var several = RowTable.HasSeveral(codes) ? await rows.SeveralAsync(run, batch.Index, cancellationToken) : [];
            return new KeptAccounts(
                batch.FirstRow, codes, mapping.Integration.Match.Count, several, ordinal => roster.Find(ordinal)?.Account);
        }
    }
}
