using Usage.Core.Accounts;
using Usage.Core.Files;
using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Storage.Changes;
using Usage.Storage.Children;
using Usage.Storage.Imports.Writing;
using Usage.Storage.Runs;

namespace Usage.Storage.Erasing;

/// <summary>Takes an account out of what was asked for: of undos, removals, replays and fixes, and out of what a test run shows.</summary>
public sealed class ErasedPlans(RunBlobs blobs, ChildFiles children)
{
    /// <param name="run">Whose it was.</param>
    /// <param name="erase">The run that erases it: an undo of that account alone is one of nobody then.</param>
    /// <param name="rows">Of the file that the run reads, which are its.</param>
    /// <param name="isIts">As <see cref="Mends.Without"/> asks.</param>
    public async Task EraseAsync(
        Run run, RunId erase, AccountId account, ErasedRows rows, Func<string, string, bool> isIts, CancellationToken cancellationToken)
    {
        if (run.Kind == RunKind.Undo) await ChangeAsync<UndoPlan>(run.Id, UndoPlans.Name, Undo, cancellationToken);
        else if (run.Kind == RunKind.Removal) await ChangeAsync<RemovalPlan>(run.Id, RemovalPlans.Name, Removal, cancellationToken);
        else if (run.Kind is RunKind.Replay or RunKind.Fix)
        {
            await ChangeAsync<ChildPlan>(run.Id, ChildFiles.Plan, Child, cancellationToken);
            await children.EraseCorrectedAsync(run.Id, rows.Has, cancellationToken);
        }

        await ChangeAsync<IReadOnlyList<Resolution>>(run.Id, RunBlobs.Resolutions, Resolutions, cancellationToken);
        if (run.Kind == RunKind.Test) await ChangeAsync<TestResult>(run.Id, RunBlobs.Result, Result, cancellationToken);

        AccountId? Nobody(AccountId? named) => named == account ? new AccountId($"erased by {erase}") : named;

        UndoPlan Undo(UndoPlan plan) => plan.Scope.Account != account && plan.Within.Account != account ? plan : plan with
        {
            Scope = plan.Scope with { Account = Nobody(plan.Scope.Account) },
            Within = plan.Within with { Account = Nobody(plan.Within.Account) },
        };

        RemovalPlan Removal(RemovalPlan plan) => plan.Account == account ? plan with { Account = Nobody(account)!.Value } : plan;

        ChildPlan Child(ChildPlan plan)
        {
            var (mends, said) = (plan.Mends.Without(rows, isIts), Resolutions(plan.Resolutions));
            return ReferenceEquals(mends, plan.Mends) && ReferenceEquals(said, plan.Resolutions) ? plan
                : plan with { Mends = mends, Resolutions = said };
        }

        IReadOnlyList<Resolution> Resolutions(IReadOnlyList<Resolution> all) =>
            all.Any(one => one.Account == account) ? [.. all.Where(one => one.Account != account)] : all;

        TestResult Result(TestResult result) => !result.Preview.Any(row => rows.Has(row.Row)) ? result
            : new TestResult([.. result.Preview.Where(row => !rows.Has(row.Row))]);
    }

    private async Task ChangeAsync<T>(RunId run, string name, Func<T, T> change, CancellationToken cancellationToken)
        where T : class
    {
        if (await blobs.FindJsonAsync<T>(run, name, cancellationToken) is not { } before) return;
        var after = change(before);
        if (!ReferenceEquals(before, after)) await blobs.SaveJsonAsync(run, name, after, cancellationToken);
    }
}
