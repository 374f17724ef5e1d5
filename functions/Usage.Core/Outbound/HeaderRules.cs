using Usage.Core.Problems;

namespace Usage.Core.Outbound;

/// <summary>Which headers a pull may send. A value that looks like a secret has to refer to one in the app settings.</summary>
internal static class HeaderRules
{
    public const int MaxHeaders = 20;
    public const int MaxValueLength = 4_000;

    private static readonly HashSet<string> Ours = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Connection", "Content-Length", "Transfer-Encoding", "TE", "Trailer", "Upgrade", "Expect", "Keep-Alive", "Range",
        "If-Range", "If-None-Match", "If-Modified-Since", "If-Match", "If-Unmodified-Since", "Accept-Encoding", "Proxy-Connection",
        "Proxy-Authorization",
    };

    private static readonly string[] SecretNames =
        ["auth", "token", "secret", "key", "password", "passwd", "cookie", "credential", "signature", "session"];

    private static readonly string[] SecretValues = ["bearer ", "basic ", "digest ", "sharedkey ", "apikey ", "token "];

    public static void Check(ProblemList problems, string path, IReadOnlyDictionary<string, string> headers)
    {
        problems.AtMost(path, headers.Count, MaxHeaders, "headers");
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in headers)
        {
            var at = $"{path}.{CellText.Shown(name)}";
            if (name.Length is 0 or > 100 || !name.All(IsToken))
                problems.Wrong(ProblemCode.Invalid, at,
                    $"found the header name \"{CellText.Shown(name)}\", expected letters, digits and - _ . only");
            else if (Ours.Contains(name))
                problems.Wrong(ProblemCode.Invalid, at, $"found the header {name}, which a pull sets itself; leave it out");
            else if (!seen.Add(name))
                problems.Wrong(ProblemCode.Duplicate, at, $"found the header {name} again, expected each once");
            else if (problems.Text(at, value, MaxValueLength))
                CheckValue(problems, at, name, value);
        }
    }

    // The value is never shown, since it may be the secret.
    private static void CheckValue(ProblemList problems, string at, string name, string value)
    {
        if (SecretText.IsBroken(value))
            problems.Wrong(ProblemCode.Invalid, at,
                $"found {SecretText.Mark} without a name, expected {SecretText.Hint}; NAME is letters, digits and _");
        else if (value.Any(c => c is < ' ' or > '~'))
            problems.Wrong(ProblemCode.Invalid, at, "found a character that a header can't hold, expected ASCII");
        else if (!SecretText.Has(value) && IsSecret(name, value))
            problems.Wrong(ProblemCode.PlainSecret, at,
                $"found a plain value for {name}, expected {SecretText.Hint}: a secret isn't kept in an integration");
    }

    private static bool IsSecret(string name, string value) =>
        SecretNames.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase))
        || SecretValues.Any(word => value.StartsWith(word, StringComparison.OrdinalIgnoreCase));

    private static bool IsToken(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.';
}
