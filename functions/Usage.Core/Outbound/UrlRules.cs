using System.Net;
using System.Text;
using Usage.Core.Problems;

namespace Usage.Core.Outbound;

/// <summary>Which addresses a source or a notice may have. Host names are resolved when the request is made, not here.</summary>
public static class UrlRules
{
    public const int MaxLength = 2_000;

    // Of these three IDNA makes a dot, as of the full-width one.
    private static readonly int[] IdeographicDots = [0x3002, 0xFF0E, 0xFF61];

    private static readonly string[] SecretParameters =
    [
        "sig", "token", "access_token", "auth", "api_key", "apikey", "key", "code", "secret", "client_secret", "password", "pwd",
        "signature",
    ];

    /// <summary>Why the address may not be requested, or null when it may. Redirects are checked by it too.</summary>
    public static string? Refusal(Uri url, AllowedHosts allowed)
    {
        if (url.Scheme is not ("https" or "http")) return $"found {url.Scheme}://, expected https://";
        if (url.UserInfo.Length > 0)
            return $"found a user or password in front of the host, expected none: send a header with {SecretText.Hint}";
        if (Lookalike(url) is { } found)
            return $"found \"{found}\" (U+{found.Value:X4}) in the host, expected ASCII digits and dots, and names as they are registered";
        if (allowed.Contains(url.Host)) return null;
        if (url.Scheme == "http")
            return $"found http://{url.Host}, expected https:// (or the host in the app setting {AllowedHosts.Setting})";
        return IPAddress.TryParse(url.DnsSafeHost, out var address) && !PublicAddress.Is(address) ? NotPublic(url.DnsSafeHost, null) : null;
    }

    /// <param name="address">What a name turned out to stand for.</param>
    public static string NotPublic(string host, IPAddress? address)
    {
        var found = address is null || host == address.ToString() ? host : $"{host}, which is {address}";
        return $"found the host {found}, expected one on the public internet (or the host in the app setting {AllowedHosts.Setting})";
    }

    /// <returns>The address; null: it isn't one that may be requested.</returns>
    internal static Uri? Check(ProblemList problems, string path, string? text, AllowedHosts allowed)
    {
        if (!problems.Text(path, text, MaxLength)) return null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Host.Length == 0 || url.Scheme is not ("https" or "http"))
            problems.Wrong(ProblemCode.Invalid, path,
                $"found \"{CellText.Shown(text!.Split('?')[0])}\", expected an address such as https://example.com/usage.csv");
        else if (Refusal(url, allowed) is { } refusal)
            problems.Wrong(url.UserInfo.Length > 0 ? ProblemCode.PlainSecret : ProblemCode.HostNotAllowed, path, refusal);
        else if (SecretText.IsBroken(text!) || SecretText.Has(text!.Split('?')[0]))
            problems.Wrong(ProblemCode.Invalid, path,
                $"found {SecretText.Mark} where none can be, expected it in the query only, as in ?key=@secret:NAME");
        else if (PlainParameter(url) is { } parameter)
            problems.Wrong(ProblemCode.PlainSecret, path,
                $"found a secret in the query (\"{parameter}\"), expected {parameter}={SecretText.Hint}");
        else
            return url;
        return null;
    }

    // What a resolver may take for an ASCII character, such as a full-width digit: the host that people read isn't the one that is asked.
    private static Rune? Lookalike(Uri url)
    {
        var host = url.OriginalString.Split("//", 2)[^1].Split('/', '\\', '?', '#')[0];
        foreach (var rune in host.EnumerateRunes())
            if (rune.Value == '%' || (!rune.IsAscii && (Rune.IsNumber(rune) || IdeographicDots.Contains(rune.Value)
                || rune.ToString().Normalize(NormalizationForm.FormKC).Any(char.IsAscii))))
                return rune;
        return null;
    }

    private static string? PlainParameter(Uri url)
    {
        foreach (var pair in url.Query.TrimStart('?').Split('&'))
        {
            var (name, value) = pair.IndexOf('=') is >= 0 and var at ? (pair[..at], Uri.UnescapeDataString(pair[(at + 1)..])) : (pair, "");
            if (value.Length > 0 && !SecretText.Has(value) && SecretParameters.Contains(name.ToLowerInvariant())) return name;
        }
        return null;
    }
}
