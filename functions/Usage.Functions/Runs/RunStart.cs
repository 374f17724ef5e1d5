using System.Text.Json.Serialization;
using Usage.Core.Ids;
using Usage.Core.Issues;
using Usage.Core.Runs;
using Usage.Storage.Runs;

namespace Usage.Functions.Runs;

/// <summary>What the orchestration of a run is started with.</summary>
/// <param name="Waiting">It was admitted by an execution before this one.</param>
public sealed record RunStart(RunId Run, RunKind Kind, bool Waiting = false)
{
    /// <summary>Null for a test run.</summary>
    public Drop? Drop { get; init; }

    /// <summary>A fix that plans its file anew, as an import does.</summary>
    public bool PlansAnew { get; init; }

    /// <summary>Why the run is only to be failed: an execution before this one has died.</summary>
    // The name that it has in the histories of runs that are under way.
    [JsonPropertyName("GiveUp")]
    public RunError? Failure { get; init; }

    public static RunStart Of(Drop drop) => new(drop.RunId, RunKind.Import) { Drop = drop };

    /// <summary>What no dropped file started is in its queue from the moment at which it was asked for.</summary>
    public static RunStart Of(StoredRun stored) =>
        new(stored.Run.Id, stored.Run.Kind, Waiting: stored.Run.Kind == RunKind.Removal || stored.Run.Parent is not null)
        {
            Drop = stored.Drop,
            PlansAnew = stored.Run.PlansAnew,
        };
}
