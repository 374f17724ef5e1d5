using Usage.Core.Ids;
using Usage.Storage.Runs;

namespace Usage.Storage.Imports;

/// <summary>
/// An attempt of an activity may end after its run has: another instance did its work, and took away what the run's steps had left. Then
/// nobody else would take away what this one leaves.
/// </summary>
public sealed class LateAttempts(RunStore runs, RunFiles files)
{
    /// <summary>Called once what the attempt leaves is there: a run that ends after this look takes it away itself.</summary>
    public async Task CleanUpAsync(RunId run, CancellationToken cancellationToken)
    {
        if ((await runs.GetAsync(run, cancellationToken)).Run.HasEnded()) await files.CleanAsync(run, cancellationToken);
    }
}
