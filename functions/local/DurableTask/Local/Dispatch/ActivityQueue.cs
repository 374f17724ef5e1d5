using System.Threading.Channels;

namespace Microsoft.DurableTask.Local;

/// <summary>One run of an activity that is due.</summary>
internal sealed record ActivityRun(Instance Instance, Guid ExecutionId, ActivityScheduled Activity);

/// <summary>Activities in the order in which they were scheduled, as many at once as there are workers.</summary>
internal sealed class ActivityQueue
{
    private readonly Channel<ActivityRun> _runs = Channel.CreateUnbounded<ActivityRun>();

    public void Add(ActivityRun run) => _runs.Writer.TryWrite(run);

    public async Task WorkAsync(Func<ActivityRun, Task> work, CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                await work(await _runs.Reader.ReadAsync(stopping));
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The stop; what is queued is on disk and comes again at the next start.
        }
    }
}
