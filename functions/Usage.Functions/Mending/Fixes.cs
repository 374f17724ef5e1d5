using Microsoft.DurableTask.Client;
using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Functions.Runs;
using Usage.Storage.Children;
using Usage.Storage.Imports;
using Usage.Storage.Runs;

namespace Usage.Functions.Mending;

/// <summary>Fixes of runs: what is to be read otherwise in the rows that they rejected.</summary>
public sealed class Fixes(RunStore runs, RunFiles files, ChildFiles children, FollowUps followUps)
{
    /// <param name="plan">Of the fix.</param>
    /// <param name="by">Who asks.</param>
    public async Task<RunId> StartAsync(DurableTaskClient client, ChildPlan plan, string by, CancellationToken cancellationToken)
    {
        var root = await runs.GetAsync(plan.Root, cancellationToken);
        var plansAnew = root.Run.IsUndecided();
        return await followUps.StartAsync(
            client,
            new FollowUps.Wanted(RunKind.Fix, by, root.Run.Integration!.Value, root.Run.Version)
            {
                Parent = root,
                ReadsParent = true,
                PlansAnew = plansAnew,
            },
            PrepareAsync, cancellationToken);

        async Task PrepareAsync(RunId fix, CancellationToken cancellationToken)
        {
            await children.AddPlanAsync(fix, plan, cancellationToken);
            if (plansAnew) await files.AddMappingAsync(fix, await files.MappingAsync(plan.Root, cancellationToken), cancellationToken);
        }
    }
}
