using Microsoft.DurableTask.Client;

namespace Microsoft.DurableTask.Local;

/// <summary>Removes ended instances and their histories.</summary>
internal sealed class Purges(InstanceStore store, TimeProvider clock)
{
    /// <summary>How many went: 0 when it has not ended or never was.</summary>
    public int Purge(string instanceId, bool recursive)
    {
        var children = recursive && store.Entry(instanceId) is { IsEnded: true } ? ChildrenOf(instanceId) : [];
        return store.Purge(instanceId) ? 1 + children.Sum(child => Purge(child, recursive)) : 0;
    }

    public PurgeResult Purge(PurgeInstancesFilter filter, bool recursive, CancellationToken cancellation)
    {
        if (filter.Timeout <= TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(filter), filter.Timeout, "The timeout of a purge must be more than zero.");
        }

        var begun = clock.GetTimestamp();
        var count = 0;
        foreach (var entry in store.Entries().Where(entry => entry.IsEnded))
        {
            cancellation.ThrowIfCancellationRequested();
            if (filter.Timeout is { } limit && clock.GetElapsedTime(begun) > limit)
            {
                return new(count, isComplete: false);
            }

            if (Queries.Matches(entry, filter.CreatedFrom, filter.CreatedTo, filter.Statuses))
            {
                count += Purge(entry.InstanceId, recursive);
            }
        }

        return new(count, isComplete: true);
    }

    private List<string> ChildrenOf(string instanceId) => store.Load(instanceId)?.Execution.Turns
        .SelectMany(turn => turn.Decisions)
        .OfType<ChildScheduled>()
        .Select(child => child.InstanceId)
        .ToList() ?? [];
}
