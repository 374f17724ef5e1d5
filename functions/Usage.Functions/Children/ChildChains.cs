using Usage.Core.Runs;
using Usage.Storage.Changes;
using Usage.Storage.Children;

namespace Usage.Functions.Children;

/// <summary>Finds what a new replay or fix of a run follows.</summary>
public sealed class ChildChains(RunLogs logs, UndoneChildren children)
{
    public async Task<ChildChain> FindAsync(Run root, CancellationToken cancellationToken)
    {
        var standing = await children.StandingAsync(root, cancellationToken);
        // What was cut short mends nothing for later ones: they may be asked to mend it again. One that wrote nothing may have mended rows:
        // their other cells may have been bad still.
        var done = standing.Where(child => child.Run.Status is RunStatus.Succeeded or RunStatus.PartiallySucceeded);
        var whole = !standing.Any(child => child.Wrote) && await logs.FindIndexAsync(root.Id, cancellationToken) is null;
        return new ChildChain([.. done.Select(child => child.Run.Id)], whole);
    }
}
