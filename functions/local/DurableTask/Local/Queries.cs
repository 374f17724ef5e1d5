using System.Collections.Immutable;
using Microsoft.DurableTask.Client;

namespace Microsoft.DurableTask.Local;

/// <summary>Answers about instances, from the index; histories are read only for inputs and outputs that were asked for.</summary>
internal sealed class Queries(InstanceStore store, DataConverter converter)
{
    /// <summary>Ordered by instance id; the continuation token is the last id of the page before.</summary>
    public Page<OrchestrationMetadata> Page(OrchestrationQuery filter, string? continuation, int? size)
    {
        var after = continuation ?? filter.ContinuationToken;
        var count = Math.Max(1, size ?? filter.PageSize);
        var found = store.Entries()
            .Where(entry => after is null || string.CompareOrdinal(entry.InstanceId, after) > 0)
            .Where(entry => Matches(entry, filter.CreatedFrom, filter.CreatedTo, filter.Statuses))
            .Where(entry => filter.InstanceIdPrefix is null || entry.InstanceId.StartsWith(filter.InstanceIdPrefix, StringComparison.Ordinal))
            .OrderBy(entry => entry.InstanceId, StringComparer.Ordinal)
            .Take(count + 1)
            .ToList();
        var next = found.Count > count ? found[count - 1].InstanceId : null;
        return new([.. found.Take(count).Select(entry => Describe(entry, filter.FetchInputsAndOutputs))], next);
    }

    public static bool Matches(
        IndexEntry entry, DateTimeOffset? from, DateTimeOffset? to, IEnumerable<OrchestrationRuntimeStatus>? statuses)
        => (from is null || entry.CreatedAt >= from.Value.UtcDateTime)
            && (to is null || entry.CreatedAt <= to.Value.UtcDateTime)
            && (statuses is null || !statuses.Any() || statuses.Contains(entry.Status));

    /// <summary>As officially, the failure too comes only with inputs and outputs.</summary>
    public OrchestrationMetadata Describe(IndexEntry entry, bool getInputsAndOutputs)
    {
        var execution = getInputsAndOutputs ? store.Find(entry.InstanceId)?.Execution ?? store.Load(entry.InstanceId)?.Execution : null;
        var ending = execution?.Ending is { ContinuesAsNew: false } end ? end : null;
        return new(entry.Name, entry.InstanceId)
        {
            RuntimeStatus = execution?.Status ?? entry.Status,
            CreatedAt = entry.CreatedAt,
            LastUpdatedAt = execution?.LastUpdatedAt ?? entry.LastUpdatedAt,
            Tags = entry.Tags ?? ImmutableDictionary<string, string>.Empty,
            DataConverter = getInputsAndOutputs ? converter : null,
            SerializedInput = execution?.Start.Input,
            SerializedOutput = ending?.Output,
            SerializedCustomStatus = execution?.CustomStatus,
            FailureDetails = ending?.Failure?.Details,
        };
    }
}
