using Usage.Core.Accounts;
using Usage.Core.Files;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Runs;
using Usage.Storage.Erasing;
using Usage.Storage.Imports;
using Usage.Storage.Imports.Rows;
using Usage.Storage.Runs;
using Usage.Storage.Unmatched;

namespace Usage.Functions.Erasing.Kept;

/// <summary>
/// Takes an account's rows out of the copy of a run's file, out of what is kept of its rows, and out of what its replays and fixes were
/// asked to mend. First it is told which rows they are; whoever comes after a crash finds that.
/// </summary>
public sealed class FileErasure(
    RunStore runs, RunFiles files, RowFiles rows, ErasedRowFiles erasedRows, AccountRowSearch search, RowRewriting rewriting,
    ErasedCopies copies, ErasedPlans plans, UnmatchedIndex unmatched)
{
    /// <param name="erase">The run that erases it.</param>
    /// <param name="root">That has read a file of its own, and has ended.</param>
    /// <returns>Whether the file had rows of the account, or lines that are none and name it.</returns>
    public async Task<bool> EraseAsync(Run erase, ErasedAccount account, StoredRun root, CancellationToken cancellationToken)
    {
        if (await files.FindMappingAsync(root.Run.Id, cancellationToken) is not { } mapping) return false;
        var names = account.Names();
        if (await files.FindPlanAsync(root.Run.Id, cancellationToken) is not { Plan: { } plan } planned)
        {
            await copies.RemoveAsync(root, names, cancellationToken);
            await SaveAsync(root.Run.Id, names, isPlanned: false, cancellationToken);
            await plans.EraseAsync(
                root.Run, erase.Id, account.Account.Id, ErasedRows.None, (_, text) => names.AreIn(text), cancellationToken);
            return false;
        }

        var all = await ChildrenAsync(root, cancellationToken);
        var file = new ReadFile(root, mapping, plan, await ReadersAsync([root, .. all], cancellationToken));
        var found = await search.FindAsync(file, account, cancellationToken);
        var hasRows = await erasedRows.AddAsync(root.Run.Id, erase.Id, found.Rows, cancellationToken);
        var gone = await erasedRows.FindAsync(root.Run.Id, cancellationToken);
        if (hasRows || found.IsNamed)
        {
            await rewriting.RewriteAsync(file, gone, cancellationToken);
            await unmatched.ForgetAsync(mapping.Integration.Id, cancellationToken);
        }

        var lines = await search.FindLinesAsync(file, names, cancellationToken);
        if (hasRows || lines.Count > 0) await copies.BlankAsync(root, plan, gone.And(lines), cancellationToken);
        if (hasRows && root.Run is { PlansAnew: true, Parent: { } undecided }
            && await runs.FindAsync(undecided, cancellationToken) is { } parent) await copies.RemoveAsync(parent, cancellationToken);
        var isIts = IsIts(account, mapping, plan);
        var mends = plan.Mends.Without(gone, isIts);
        if (!ReferenceEquals(mends, plan.Mends) || plan.Ignored.Any(one => one.Samples.Any(sample => names.AreIn(sample.Text))))
            await files.ReplacePlanAsync(
                root.Run.Id, planned with { Plan = plan with { Ignored = SaidTexts.Without(plan.Ignored, names), Mends = mends } },
                cancellationToken);
        foreach (var run in all.Prepend(root))
        {
            await SaveAsync(run.Run.Id, names, isPlanned: true, cancellationToken);
            await plans.EraseAsync(run.Run, erase.Id, account.Account.Id, gone, isIts, cancellationToken);
        }

        return hasRows || lines.Count > 0;
    }

    private async Task SaveAsync(RunId run, AccountNames names, bool isPlanned, CancellationToken cancellationToken)
    {
        if (SaidTexts.Without((await runs.GetAsync(run, cancellationToken)).Run, names, isPlanned) is { } left)
            await runs.SaveAsync(left, cancellationToken);
    }

    private async Task<IReadOnlyList<StoredRun>> ChildrenAsync(StoredRun root, CancellationToken cancellationToken)
    {
        var children = new List<StoredRun>();
        foreach (var child in root.Run.Children)
            if (await runs.FindAsync(child, cancellationToken) is { } found && found.Run.IsChild() && found.Run.HasEnded())
                children.Add(found);
        return children;
    }

    private async Task<IReadOnlyList<StoredRun>> ReadersAsync(IEnumerable<StoredRun> all, CancellationToken cancellationToken)
    {
        var readers = new List<StoredRun>();
        foreach (var run in all)
            if (await rows.FindIndexAsync(run.Run.Id, cancellationToken) is not null) readers.Add(run);
        return readers;
    }

    /// <summary>What another column says is no key: a rule for it mends others' rows.</summary>
    private static Func<string, string, bool> IsIts(ErasedAccount account, ImportMapping mapping, FilePlan plan)
    {
        var (finder, columns) = (account.Finder(mapping.Integration.Id), new ColumnMap(plan));
        return (column, text) => mapping.Integration.Match.Any(rule =>
            columns.Find(rule.Column) == columns.Find(column) && !finder.Find(rule.By, text).IsNone);
    }
}
