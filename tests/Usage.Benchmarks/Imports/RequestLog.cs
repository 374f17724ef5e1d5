using System.Collections.Concurrent;
using Usage.Benchmarks.Tables;
using Usage.Testing.Proxy;

namespace Usage.Benchmarks.Imports;

/// <summary>Counts the requests that pass the proxy, and keeps the transactions that write snapshots.</summary>
internal sealed class RequestLog
{
    private readonly ConcurrentQueue<Transaction> _snapshots = new();
    private readonly ConcurrentDictionary<string, int> _counts = new();

    public IReadOnlyList<Transaction> SnapshotTransactions => [.. _snapshots];

    /// <summary>What was asked since the last time, as in <c>table POST $batch</c>.</summary>
    public IReadOnlyDictionary<string, int> TakeCounts()
    {
        var taken = new Dictionary<string, int>(_counts);
        _counts.Clear();
        return taken;
    }

    public void ForgetTransactions() => _snapshots.Clear();

    /// <returns>That nothing happens to it.</returns>
    public Fault Note(StorageRequest request)
    {
        var folder = Folder(request.Target);
        var snapshots = folder == "$batch" && request.Body.Span[..Math.Min(request.Body.Length, 1_000)].IndexOf("/snapshots"u8) >= 0;
        if (snapshots) _snapshots.Enqueue(new Transaction(request.Body.ToArray(), request.Headers.ContentType!));
        // The trigger looks for new files all the time, whether there is an import or not.
        if (!request.Target.Contains("comp=list", StringComparison.Ordinal))
            _counts.AddOrUpdate(
                snapshots ? "table snapshots" : $"{request.Service} {request.Method} {folder}", 1, (_, count) => count + 1);
        return Fault.None;
    }

    private static string Folder(string path)
    {
        var name = path.Split('?')[0].Split('/', StringSplitOptions.RemoveEmptyEntries).Skip(1).FirstOrDefault() ?? "";
        return name.Split('(')[0];
    }
}
