using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker.Local.Settings;

namespace Microsoft.Azure.Functions.Worker.Local.Blobs;

/// <summary>A trigger's path, <c>container/pattern</c>. Every <c>{name}</c> is greedy: <c>{a}/{b}</c> takes <c>x/y/z</c> as <c>x/y</c> and <c>z</c>.</summary>
internal sealed class BlobPath
{
    private readonly Regex pattern;

    private BlobPath(string container, string prefix, Regex pattern) => (Container, Prefix, this.pattern) = (container, prefix, pattern);

    public string Container { get; }

    /// <summary>What every matching name begins with: all that need be listed.</summary>
    public string Prefix { get; }

    public IEnumerable<string> Names => pattern.GetGroupNames().Where(n => !char.IsAsciiDigit(n[0]));

    /// <exception cref="StartupException">It isn't such a path.</exception>
    public static BlobPath Parse(string path, string function)
    {
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        var container = slash < 0 ? path : path[..slash];
        var blob = slash < 0 ? "" : path[(slash + 1)..];
        if (container.Length == 0 || container.Contains('{', StringComparison.Ordinal)) throw Wrong(path, function, "a container's name comes first");
        if (blob.Length == 0) return new BlobPath(container, "", new Regex("^", RegexOptions.NonBacktracking));
        var expression = new StringBuilder("^");
        var prefix = new StringBuilder();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < blob.Length; i++)
        {
            if (blob[i] is '{' or '}' && i + 1 < blob.Length && blob[i + 1] == blob[i])
            {
                // Doubled braces are braces.
                i++;
            }
            else if (blob[i] == '{')
            {
                var end = blob.IndexOf('}', i);
                var name = end < 0 ? "" : blob[(i + 1)..end];
                if (!Regex.IsMatch(name, @"^[A-Za-z_]\w*\z") || !names.Add(name)) throw Wrong(path, function, "each {name} is a name, used once");
                expression.Append("(?<").Append(name).Append(">.*)");
                i = end;
                continue;
            }
            else if (blob[i] == '}')
            {
                throw Wrong(path, function, "} has no {");
            }

            expression.Append(Regex.Escape(blob[i].ToString()));
            if (names.Count == 0) prefix.Append(blob[i]);
        }

        return new BlobPath(container, prefix.ToString(), new Regex(expression.Append("\\z").ToString(), RegexOptions.CultureInvariant | RegexOptions.Singleline));
    }

    /// <returns>The values of the names, or null when the blob isn't meant.</returns>
    public Dictionary<string, object?>? Match(string blob)
    {
        var match = pattern.Match(blob);
        return match.Success ? Names.ToDictionary(n => n, n => (object?)match.Groups[n].Value, StringComparer.OrdinalIgnoreCase) : null;
    }

    private static StartupException Wrong(string path, string function, string why) =>
        new($"Function '{function}': found the blob path \"{path}\", expected one such as \"imports/{{path}}\": {why}.");
}
