using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Storage.Changes;
using Usage.Storage.Children;
using Usage.Storage.Runs;

namespace Usage.Functions.Children;

/// <summary>Finds what a new replay or fix of a run follows.</summary>
public sealed class ChildChains(RunStore runs, RunLogs logs, UndoneChildren children)
{
    public async Task<ChildChain> FindAsync(Run root, CancellationToken cancellationToken)
    {
        var (standing, done) = (await children.StandingAsync(root, cancellationToken), new List<RunId>());
        // What was cut short mends nothing for later ones: they may be asked to mend it again.
        foreach (var child in standing)
            if ((await runs.GetAsync(child, cancellationToken)).Run.Status is RunStatus.Succeeded or RunStatus.PartiallySucceeded)
                done.Add(child);
        var whole = standing.Count == 0 && await logs.FindIndexAsync(root.Id, cancellationToken) is null;
        return new ChildChain(done, whole);
    }
}
