using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Storage.Accounts;
using Usage.Storage.Changes;
using Usage.Storage.Runs;
using Usage.Storage.Snapshots;

namespace Usage.Functions.Upkeep;

/// <summary>Removes snapshots that lost their last value a day ago or more: by then no request is on its way to them.</summary>
public sealed partial class PurgeEmptied(
    RunStore runs, RunLogs logs, Roster roster, EmptySnapshots snapshots, ILogger<PurgeEmptied> logger)
{
    private const int PageSize = 100;

    private static readonly TimeSpan Latest = TimeSpan.FromDays(1);

    /// <summary>Runs that asked for it longer ago were seen to by an earlier day's purge.</summary>
    private static readonly TimeSpan Earliest = TimeSpan.FromDays(8);

    [Function(nameof(PurgeEmptied))]
    public async Task RunAsync([ActivityTrigger] UpkeepInput input, CancellationToken cancellationToken)
    {
        var accounts = await roster.GetAsync(cancellationToken);
        var (removed, after) = (0, (RunId?)null);
        while (await runs.ListAsync(new RunFilter(Kind: null), PageSize, after, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var run in page.Where(run => run.Changes.Removed > 0 && run.CompletedAt < input.At - Latest))
                removed += await PurgeAsync(run, accounts, cancellationToken);
            if (page[^1].ArrivedAt < input.At - Earliest) break;
            after = page[^1].Id;
        }

        LogPurged(removed);
    }

    private async Task<int> PurgeAsync(Run run, RosterSnapshot accounts, CancellationToken cancellationToken)
    {
        if (await logs.FindIndexAsync(run.Id, cancellationToken) is not { } index) return 0;
        var targets = GroupTarget.Of(index.Header, accounts.IdOf);
        var removed = 0;
        await foreach (var group in logs.ReadAsync(run.Id, index.Pieces, cancellationToken))
            removed += await snapshots.RemoveAsync(targets[group.Product], group, cancellationToken);
        return removed;
    }

    [LoggerMessage(LogLevel.Information, "{Snapshots} snapshots without values are removed")]
    private partial void LogPurged(int snapshots);
}
