using Microsoft.Azure.Functions.Worker;
using Usage.Core.Accounts;
using Usage.Core.Changes;
using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Core.Snapshots;
using Usage.Functions.Imports.Ending;
using Usage.Functions.Imports.Writing;
using Usage.Storage;
using Usage.Storage.Accounts;
using Usage.Storage.Changes;
using Usage.Storage.Runs;
using Usage.Storage.Snapshots;

namespace Usage.Functions.Changes.TakingBack;

/// <summary>Takes one value away, as a write of a run of its own: it can be explained and undone as any other.</summary>
public sealed class RemoveValue(
    RunStore runs, RemovalPlans plans, Roster roster, ProductTurns turns, DateWriters writers, BlockHistories histories, UsageTables tables,
    RunLogs logs, PieceWriter pieceWriter, ReportPoints points, RunEnd end)
{
    public sealed record Input(RunId Run);

    /// <param name="Waits">Another run has the product's turn: ask again.</param>
    /// <param name="Next">The run that may have the turn now.</param>
    public sealed record Output(bool Waits, RunId? Next = null);

    [Function(nameof(RemoveValue))]
    public async Task<Output> RunAsync([ActivityTrigger] Input input, CancellationToken cancellationToken)
    {
        var stored = await runs.GetAsync(input.Run, cancellationToken);
        if (stored.Run.HasEnded()) return new Output(false, await end.CleanUpAsync(stored, cancellationToken));
        if (stored.CancelRequested) return new Output(false, await end.CancelAsync(input.Run, cancellationToken));
        var plan = await plans.GetAsync(input.Run, cancellationToken);
        if (await turns.TryTakeAsync(plan.Product, input.Run, runs.HasEndedAsync, cancellationToken) is not { } turn)
            return new Output(true);
        var accounts = await roster.GetAsync(cancellationToken);
        var cell = accounts.Find(plan.Account) is { } account
            ? await WriteAsync(stored, plan, account, accounts.IdOf, turn, cancellationToken) : null;
        return new Output(false, await end.FinishAsync(input.Run, run => Ended(run, plan, cell), cancellationToken));
    }

    private async Task<CellWrite?> WriteAsync(
        StoredRun stored, RemovalPlan plan, NumberedAccount account, Func<int, AccountId?> accounts, long turn,
        CancellationToken cancellationToken)
    {
        var run = stored.Run.Id;
        var place = new QueuedRun(run, stored.Drop!).PlaceAt(turn);
        var header = new LogHeader([new LogProduct(plan.Product, [plan.Dimension])]);
        var log = await logs.OpenAsync(run, 0, header, cancellationToken);
        if (log.Pieces.Count == 0 && !log.IsClosed)
        {
            var group = await CompareAsync(run, place, plan, account, cancellationToken);
            await writers.AddAsync(plan.Product, new DateWriter(plan.Date, run, place, turn), cancellationToken);
            await log.TryAppendAsync([group], cancellationToken);
        }

        var told = await log.ReadAsync(0, cancellationToken);
        var target = GroupTarget.Of(header.Products[0], ordinal => ordinal == account.Ordinal ? plan.Account : null);
        if (!log.IsClosed)
            await pieceWriter.WriteAsync([target], run, PieceWriter.Told.Unread(told), refusable: false, cancellationToken);
        await log.CloseAsync([], cancellationToken);
        await logs.SaveIndexAsync(run, new LogIndex(header, 1, log.Pieces), cancellationToken);
        await points.RecountAsync(plan.Product, [plan.Date], [plan.Dimension], accounts, cancellationToken);
        return told[0].Accounts[0].Cells[0];
    }

    private async Task<GroupWrites> CompareAsync(
        RunId run, string place, RemovalPlan plan, NumberedAccount account, CancellationToken cancellationToken)
    {
        var block = Partitioning.Block(account.Ordinal);
        var others = (await writers.ListAsync(plan.Product, plan.Date, plan.Date, cancellationToken))
            .Where(writer => writer.Run != run).ToList();
        var undone = await histories.UndoneAsync(others, cancellationToken);
        var history = await histories.LoadAsync(plan.Product, plan.Date, block, others, undone, cancellationToken);
        var stored = await StoredBlock.LoadAsync(tables, block, plan.Product, plan.Date, [plan.Account], cancellationToken);
        var isLate = BlockHistory.After(place, history.Of(account.Ordinal, plan.Account, plan.Dimension)) is not null;
        var cell = new CellWrite(0, New: null, stored.Find(plan.Account, plan.Dimension), isLate, new CellSource(0, 1));
        return new GroupWrites(0, plan.Date, block, [new AccountWrites(account.Ordinal, [], [cell])]);
    }

    private static Run Ended(Run run, RemovalPlan plan, CellWrite? cell)
    {
        var group = new GroupWrites(0, plan.Date, 0, cell is { } its ? [new AccountWrites(0, [], [its])] : []);
        var counted = cell is { Superseded: false } ? 1 : 0;
        return run with
        {
            Status = RunStatus.Succeeded,
            Changes = GroupComparison.Count(group),
            Values = counted,
            Snapshots = counted,
            Dates = counted == 0 ? [] : [new RunDate(plan.Product, plan.Date, 1, "the date of the value that is taken away")],
        };
    }
}
