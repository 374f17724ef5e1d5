using System.Threading.Channels;

namespace Microsoft.DurableTask.Local;

/// <summary>Instances that have something to do; each in one worker's hands at a time.</summary>
internal sealed class TurnQueue
{
    private readonly Channel<Instance> _instances = Channel.CreateUnbounded<Instance>();

    public void Ask(Instance instance)
    {
        if (instance.AskForTurn())
        {
            _instances.Writer.TryWrite(instance);
        }
    }

    public async Task WorkAsync(Action<Instance> turn, CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                var instance = await _instances.Reader.ReadAsync(stopping);
                instance.BeginTurn();
                turn(instance);
                if (instance.EndTurn())
                {
                    _instances.Writer.TryWrite(instance);
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The stop; what is queued is on disk and comes again at the next start.
        }
    }
}
