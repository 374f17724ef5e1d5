using System.Collections.Concurrent;
using Usage.Testing.Proxy;

namespace Usage.Scenarios.Crashes.Steps;

/// <summary>Which runs read copies of which files: seen as the copies are taken.</summary>
internal sealed class FileCopies
{
    private readonly ConcurrentDictionary<string, string> _sources = new();

    /// <summary>Whether a request reads the copy of a file in a folder of <c>imports</c>. It has to see all requests.</summary>
    public bool IsRead(StorageRequest request, string folder)
    {
        var path = request.Target.Split('?')[0];
        if (request.Method == "PUT" && request.Headers["x-ms-copy-source"].ToString() is { Length: > 0 } source) _sources[path] = source;
        return request.Method == "GET" && _sources.TryGetValue(path, out var of)
            && of.Contains($"/imports/{folder}/", StringComparison.Ordinal);
    }
}
