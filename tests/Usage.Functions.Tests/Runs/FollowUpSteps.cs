using Usage.Core.Accounts;
using Usage.Core.Changes;
using Usage.Core.Files;
using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Functions.Children;
using Usage.Functions.Mending;
using Usage.Functions.Runs;
using Usage.Functions.Tests.Imports;
using Usage.Storage.Changes;
using Usage.Storage.Children;
using Usage.Storage.Imports;

namespace Usage.Functions.Tests.Runs;

/// <summary>Runs that follow others, started as the API starts them, and waited for.</summary>
internal static class FollowUpSteps
{
    public static async Task<Run> FixAsync(this ImportHost host, ChildPlan plan) =>
        await host.EndOfAsync(await host.Get<Fixes>().StartAsync(host.Client, plan, "ann", default));

    /// <summary>Of one cell of a run's file.</summary>
    public static async Task<RunId> FixCellAsync(this ImportHost host, Run parent, long row, string column, string becomes)
    {
        var cells = new Dictionary<string, string> { [column] = becomes };
        var fix = await host.FixAsync(new ChildPlan(parent.Id) { Mends = new Mends { Rows = [new MendedRow(row, cells)] } });
        Assert.Equal(RunStatus.Succeeded, fix.Status);
        return fix.Id;
    }

    /// <summary>Of one run, whose waiting rows a key releases.</summary>
    public static async Task<Run> ReplayAsync(this ImportHost host, RunId parent, string key, AccountId account)
    {
        var said = new Resolution
        {
            Integration = (await host.Runs.GetAsync(parent, default)).Run.Integration!.Value,
            By = MatchBy.AccountId,
            Key = key,
            Account = account,
            Author = "ann",
            At = DateTimeOffset.UtcNow,
        };
        return await host.EndOfAsync(await host.Get<Replays>().StartAsync(host.Client, parent, said, "ann", default));
    }

    /// <summary>A run's file once more, as it was mapped then.</summary>
    public static async Task<Run> AgainAsync(this ImportHost host, RunId of)
    {
        var (parent, mapping) = (await host.Runs.GetAsync(of, default), await host.Get<RunFiles>().MappingAsync(of, default));
        return await host.EndOfAsync(await host.Get<FollowUps>().StartAsync(
            host.Client,
            new(RunKind.Import, "ann", parent.Run.Integration!.Value, parent.Run.Version) { Parent = parent, ReadsParent = true },
            (again, cancellationToken) => host.Get<RunFiles>().AddMappingAsync(again, mapping, cancellationToken), default));
    }

    /// <returns>Of a run with the replays and fixes that go with it; null: it has written nothing there.</returns>
    public static async Task<UndoPlan?> PlanUndoAsync(this ImportHost host, RunId target, ChangeScope? scope = null)
    {
        var (all, run) = (scope ?? ChangeScope.All, (await host.Runs.GetAsync(target, default)).Run);
        var following = await host.Get<UndoneChildren>().FollowAsync(run, all, default);
        return await host.Get<UndoPlans>().MakeAsync(target, all, following, default);
    }

    public static async Task<Run> UndoAsync(this ImportHost host, UndoPlan plan)
    {
        var target = await host.Runs.GetAsync(plan.Target, default);
        var undo = await host.EndOfAsync(await host.Get<FollowUps>().StartAsync(
            host.Client, new(RunKind.Undo, "ann", target.Run.Integration!.Value, target.Run.Version) { Parent = target },
            (run, cancellationToken) => host.Get<UndoPlans>().AddAsync(run, plan, cancellationToken), default));
        Assert.Equal((RunStatus.Succeeded, plan.Target), (undo.Status, undo.Parent));
        return undo;
    }

    /// <summary>Of a run as a whole.</summary>
    public static async Task<Run> UndoAsync(this ImportHost host, RunId target) =>
        await host.UndoAsync((await host.PlanUndoAsync(target))!);

    public static async Task<Run> RemoveAsync(this ImportHost host, IntegrationId integration, RemovalPlan plan) =>
        await host.EndOfAsync(await host.Get<FollowUps>().StartAsync(
            host.Client, new(RunKind.Removal, "ann", integration, 1),
            (removal, cancellationToken) => host.Get<RemovalPlans>().AddAsync(removal, plan, cancellationToken), default));
}
