using System.Text.RegularExpressions;
using System.Web;

namespace Usage.Core.Outbound;

/// <summary>
/// Blobs that are read with the app's own identity: the app setting <c>Usage__Pulls__BlobSources</c>. The identity may have rights that
/// who writes an integration hasn't, so it signs for what is listed and for nothing else.
/// </summary>
public sealed partial class BlobSources
{
    public const string Setting = "Usage__Pulls__BlobSources";

    private readonly string _hostSuffix;
    private readonly (string Account, string[] Path)[] _sources;

    /// <param name="list"><c>account/container</c> or <c>account/container/prefix</c>, with commas between them.</param>
    /// <param name="hostSuffix">Of the hosts of accounts: <c>.blob.core.windows.net</c>.</param>
    public BlobSources(string? list, string hostSuffix)
    {
        _hostSuffix = hostSuffix;
        var sources = Split(list).ToLookup(source => Source().IsMatch(source));
        Wrong = [.. sources[false]];
        _sources = [.. sources[true].Select(source => source.TrimEnd('/').Split('/')).Select(parts => (parts[0], parts[1..]))];
    }

    /// <summary>What is listed and can't be a source.</summary>
    public IReadOnlyList<string> Wrong { get; }

    public bool HasAccount(string account) => _sources.Any(source => source.Account == account);

    /// <summary>Whether the address is that of a blob under one of them, however it is written.</summary>
    public bool Contains(Uri url)
    {
        if (!url.Host.EndsWith(_hostSuffix, StringComparison.OrdinalIgnoreCase) || BlobPath(url) is not { } path) return false;
        var account = url.Host[..^_hostSuffix.Length].ToLowerInvariant();
        return _sources.Any(source => source.Account == account && path.Length > source.Path.Length
            && path.AsSpan(0, source.Path.Length).SequenceEqual(source.Path));
    }

    /// <summary>Container and blob, decoded; null where another reader might find other segments, or other than one blob.</summary>
    private static string[]? BlobPath(Uri url)
    {
        var path = Uri.UnescapeDataString(url.AbsolutePath);
        if (path.Contains('\\') || path.Any(char.IsControl) || Uri.UnescapeDataString(path) != path) return null;
        string[] segments = path[1..].Split('/');
        if (segments.Any(segment => segment is "" or "." or "..")) return null;
        var query = HttpUtility.ParseQueryString(url.Query).AllKeys;
        // These ask for lists and properties, of a whole container too.
        return query.Any(name => name?.ToLowerInvariant() is "comp" or "restype") ? null : segments;
    }

    private static string[] Split(string? list) =>
        (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    [GeneratedRegex(@"^[a-z0-9]{3,24}/(?:[a-z0-9](?:-?[a-z0-9]){2,62}|\$[a-z]+)(?:/(?!\.{1,2}(?:/|$))[^/\\%\p{C}]+)*/?$")]
    private static partial Regex Source();
}
