using System.Runtime.CompilerServices;

namespace Usage.Core.Accounts.Unmatched;

/// <summary>Makes one ordered list of several, one item of each in memory at a time.</summary>
public static class WaitingMerge
{
    /// <param name="lists">Each in the order; what is equal in it comes in the order of the lists.</param>
    /// <param name="order">By which nothing is twice in one list.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async IAsyncEnumerable<T> OrderAsync<T>(
        IReadOnlyList<IAsyncEnumerable<T>> lists, IComparer<T> order, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var open = lists.Select(list => list.GetAsyncEnumerator(cancellationToken)).ToList();
        try
        {
            var next = new PriorityQueue<int, (T Item, int List)>(Comparer<(T Item, int List)>.Create((a, b) =>
                order.Compare(a.Item, b.Item) is var items && items != 0 ? items : a.List.CompareTo(b.List)));
            for (var list = 0; list < open.Count; list++)
                if (await open[list].MoveNextAsync()) next.Enqueue(list, (open[list].Current, list));
            while (next.TryDequeue(out var list, out var first))
            {
                yield return first.Item;
                if (await open[list].MoveNextAsync()) next.Enqueue(list, (open[list].Current, list));
            }
        }
        finally
        {
            foreach (var list in open) await list.DisposeAsync();
        }
    }

    /// <summary>By key, each identifier once.</summary>
    /// <param name="lists">Each ordered by key.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async IAsyncEnumerable<WaitingKey> JoinAsync(
        IReadOnlyList<IAsyncEnumerable<WaitingKey>> lists, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        WaitingKey? last = null;
        await foreach (var key in OrderAsync(lists, WaitingKey.ByKey, cancellationToken))
        {
            if (last is not null && WaitingKey.ByKey.Compare(last, key) == 0)
            {
                last = last.With(key);
                continue;
            }

            if (last is not null) yield return last;
            last = key;
        }

        if (last is not null) yield return last;
    }
}
