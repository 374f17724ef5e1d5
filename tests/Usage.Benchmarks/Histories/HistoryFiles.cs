using System.Text;
using Microsoft.DurableTask.Local;

namespace Usage.Benchmarks.Histories;

/// <param name="LargestPayload">Of all inputs and outputs in it, in bytes of UTF-8.</param>
internal sealed record HistoryFigures(int Events, long Bytes, int LargestPayload);

/// <summary>The histories that an app has left on disk.</summary>
internal sealed class HistoryFiles(string folder) : IDisposable
{
    private readonly InstanceStore _store = new(new DurableRuntimeOptions { Directory = folder });

    /// <summary>An orchestration's, and those of all that it called.</summary>
    public IReadOnlyList<HistoryFigures> Of(string instance)
    {
        var (bytes, execution) = _store.Find(instance) is { } live ? (live.Log.Length, live.Execution) : _store.Load(instance)
            ?? throw new InvalidOperationException($"There is no history of {instance}.");
        var children = execution.Turns.SelectMany(turn => turn.Decisions).OfType<ChildScheduled>().Select(child => child.InstanceId);
        return [new(execution.Events, bytes, Payloads(execution).Max(Length)), .. children.SelectMany(Of)];
    }

    public void Dispose() => _store.Dispose();

    private static IEnumerable<string?> Payloads(Execution execution) =>
    [
        execution.Start.Input, execution.Ending?.Output,
        .. execution.Inbox.Select(message => message switch
        {
            ActivityAnswered activity => activity.Result,
            ChildAnswered child => child.Result,
            EventRaised raised => raised.Payload,
            _ => null,
        }),
        .. execution.Turns.SelectMany(turn => turn.Decisions).Select(decision => decision switch
        {
            ActivityScheduled activity => activity.Input,
            ChildScheduled child => child.Input,
            EventSent sent => sent.Payload,
            _ => null,
        }),
    ];

    private static int Length(string? payload) => payload is null ? 0 : Encoding.UTF8.GetByteCount(payload);
}
