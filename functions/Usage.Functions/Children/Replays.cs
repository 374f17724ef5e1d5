using Microsoft.DurableTask.Client;
using Usage.Core;
using Usage.Core.Accounts;
using Usage.Core.Accounts.Matching;
using Usage.Core.Ids;

namespace Usage.Functions.Children;

/// <summary>Replays of runs: their rows that an identifier kept waiting, now that somebody said what it is.</summary>
public sealed class Replays
{
    /// <summary>The same for the same run and resolution, so that whoever asks twice starts one.</summary>
    public static RunId IdOf(RunId parent, Resolution resolution)
    {
        var key = IdentifierKey.Of(resolution.By, resolution.Key);
        return RunIdText.ForChild(
            resolution.At, parent, $"{CoreJson.Word(resolution.By)}\n{key}\n{resolution.Account}\n{resolution.At.UtcTicks}");
    }

    /// <param name="by">Who asks.</param>
    /// <returns>As <see cref="IdOf"/> says it.</returns>
    public Task<RunId> StartAsync(
        DurableTaskClient client, RunId parent, Resolution resolution, string by, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"run {parent} can't be replayed as {IdOf(parent, resolution)} yet");

    /// <summary>What a replay would record, as things are now.</summary>
    public Task<ReplayPreview> PreviewAsync(RunId parent, Resolution resolution, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"a replay of run {parent} can't be previewed yet");
}

/// <param name="Rows">That it releases.</param>
/// <param name="Values">That it writes.</param>
public sealed record ReplayPreview(long Rows, IReadOnlyList<DateOnly> Dates, long Values);
