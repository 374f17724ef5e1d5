using Microsoft.DurableTask.Client;
using Usage.Core;
using Usage.Core.Accounts;
using Usage.Core.Accounts.Matching;
using Usage.Core.Ids;
using Usage.Core.Issues;
using Usage.Core.Runs;
using Usage.Functions.Runs;
using Usage.Storage.Children;
using Usage.Storage.Runs;
using static System.FormattableString;

namespace Usage.Functions.Mending;

/// <summary>Replays of runs: their rows that an identifier kept waiting, now that somebody said what it is.</summary>
public sealed class Replays(RunStore runs, ChildFiles children, ChildPreviews previews, FollowUps followUps)
{
    /// <summary>The same for the same run and resolution, so that whoever asks twice starts one.</summary>
    /// <param name="before">Replays for it that found their parent undone; it stands again since.</param>
    public static RunId IdOf(RunId parent, Resolution resolution, int before = 0)
    {
        var key = IdentifierKey.Of(resolution.By, resolution.Key);
        var said = $"{CoreJson.Word(resolution.By)}\n{key}\n{resolution.Account}\n{resolution.At.UtcTicks}";
        return RunIdText.ForChild(resolution.At, parent, before == 0 ? said : Invariant($"{said}\n{before}"));
    }

    /// <param name="by">Who asks.</param>
    /// <returns>As <see cref="IdOf"/> says it.</returns>
    public async Task<RunId> StartAsync(
        DurableTaskClient client, RunId parent, Resolution resolution, string by, CancellationToken cancellationToken)
    {
        var (stored, before) = (await runs.GetAsync(parent, cancellationToken), 0);
        while (await runs.FindAsync(IdOf(parent, resolution, before), cancellationToken)
            is { Run.Error.Code: IssueCode.ParentUndone }) before++;
        return await followUps.StartAsync(
            client,
            new FollowUps.Wanted(RunKind.Replay, by, resolution.Integration, stored.Run.Version)
            {
                Parent = stored,
                ReadsParent = true,
                Id = IdOf(parent, resolution, before),
            },
            (replay, cancellationToken) => children.AddPlanAsync(replay, Plan(parent, resolution), cancellationToken), cancellationToken);
    }

    /// <summary>What a replay would record, as things are now.</summary>
    /// <param name="made">The account, where it is to be made first; null: it is there.</param>
    public async Task<ChildPreview> PreviewAsync(RunId parent, Resolution resolution, Account? made, CancellationToken cancellationToken) =>
        await previews.TryAsync(Plan(parent, resolution), made, cancellationToken) ?? ChildPreview.Nothing;

    /// <summary>What a replay is for.</summary>
    public static ChildPlan Plan(RunId parent, Resolution resolution) => new(parent) { Resolutions = [resolution] };
}
