using Usage.Core.Changes;
using Usage.Core.Ids;

namespace Usage.Storage.Changes;

/// <summary>Reads logs beside one another: what several runs wrote of one block and date comes together.</summary>
public sealed class MergedLogs : IAsyncDisposable
{
    private readonly PriorityQueue<(RunId Run, IAsyncEnumerator<GroupWrites> Groups), (int Block, int Product, int Day)> _streams = new();

    /// <param name="run">That wrote them.</param>
    /// <param name="groups">By block, then product, the latest date first, as runs write them; products numbered alike.</param>
    public async Task AddAsync(RunId run, IAsyncEnumerable<GroupWrites> groups) => await AddAsync(run, groups.GetAsyncEnumerator());

    /// <returns>Null at the end.</returns>
    public async Task<IReadOnlyList<(RunId Run, GroupWrites Group)>?> NextAsync()
    {
        if (!_streams.TryPeek(out _, out var first)) return null;
        var same = new List<(RunId, GroupWrites)>();
        while (_streams.TryPeek(out _, out var next) && next == first)
        {
            var (run, groups) = _streams.Dequeue();
            same.Add((run, groups.Current));
            await AddAsync(run, groups);
        }

        return same;
    }

    public async ValueTask DisposeAsync()
    {
        while (_streams.TryDequeue(out var stream, out _)) await stream.Groups.DisposeAsync();
    }

    private static (int Block, int Product, int Day) Order(GroupWrites group) => (group.Block, group.Product, -group.Date.DayNumber);

    private async Task AddAsync(RunId run, IAsyncEnumerator<GroupWrites> groups)
    {
        if (await groups.MoveNextAsync()) _streams.Enqueue((run, groups), Order(groups.Current));
        else await groups.DisposeAsync();
    }
}
