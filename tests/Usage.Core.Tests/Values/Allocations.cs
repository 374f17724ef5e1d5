namespace Usage.Core.Tests.Values;

internal static class Allocations
{
    /// <summary>
    /// Bytes that calling it a thousand times allocates on this thread, once warm. It is the least of several measurements: what the
    /// runtime does on a thread now and then (a collection, a method compiled anew) counts there too, what the code allocates always does.
    /// </summary>
    public static long OfAThousand(Action action)
    {
        action();
        return Enumerable.Range(0, 5).Min(_ =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 1000; i++) action();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        });
    }
}
