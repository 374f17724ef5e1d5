using Microsoft.DurableTask.Client;
using Usage.Core.Accounts;
using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Functions.Runs;
using Usage.Storage.Erasing;
using Usage.Storage.Runs;

namespace Usage.Functions.Erasing;

/// <summary>Starts the one erase of an account, or finds it.</summary>
public sealed class EraseStarter(
    RunStore runs, ErasedAccounts erased, RunScheduler scheduler, EraseRemainders remainders, TimeProvider clock)
{
    /// <param name="account">That is to be erased.</param>
    /// <param name="ordinal">Null: it isn't there, or not any more.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The erase that is at work at it; null: none.</returns>
    public async Task<Run?> FindAsync(AccountId account, int? ordinal, CancellationToken cancellationToken) =>
        await erased.FindAsync(account, ordinal, cancellationToken) is { } run ? (await runs.GetAsync(run, cancellationToken)).Run : null;

    public async Task<Run> StartAsync(DurableTaskClient client, NumberedAccount account, string by, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var run = new Run
        {
            Id = RunIdText.Unique(now, Guid.NewGuid()),
            Integration = null,
            Version = 0,
            Kind = RunKind.Erase,
            Status = RunStatus.Queued,
            ArrivedAt = now,
            By = by,
            Stays = remainders.Of([]),
        };
        // What it erases and its record first: the upkeep takes up what is cut short behind them.
        var closing = new ErasedAccount(account.Ordinal, account.Account);
        await erased.SaveAsync(run.Id, closing, cancellationToken);
        await runs.AddAsync(run, RunSource.None(run.Id), cancellationToken);
        var closedBy = await erased.CloseAsync(run.Id, closing, cancellationToken);
        if (closedBy != run.Id)
        {
            // Two asked in the same moment: this one has nothing to do.
            await runs.SaveAsync(run with { Status = RunStatus.Cancelled, StartedAt = now, CompletedAt = now }, cancellationToken);
            await erased.DropAsync(run.Id, cancellationToken);
            return (await runs.GetAsync(closedBy, cancellationToken)).Run;
        }

        await scheduler.ScheduleAsync(client, RunStart.Of(await runs.GetAsync(run.Id, cancellationToken)), cancellationToken);
        return run;
    }
}
