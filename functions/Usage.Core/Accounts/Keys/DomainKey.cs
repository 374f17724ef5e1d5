using System.Globalization;

namespace Usage.Core.Accounts.Keys;

/// <summary>Host names in the form in which accounts are matched by them: lower case, punycode, no <c>www.</c>, no trailing dot.</summary>
public static class DomainKey
{
    private const int MaxLength = 253;

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    /// <summary>The host name of a domain, URL or e-mail address; null when the text holds no host name of at least two labels.</summary>
    public static string? Of(ReadOnlySpan<char> text)
    {
        var host = Host(CellText.Trim(text));
        if (host.IsEmpty || host.Length > MaxLength || IsPlain(host) is not (true, var name)) name = Encode(host);
        if (name is null || !name.Contains('.') || IsAddress(name)) return null;
        return name.StartsWith("www.", StringComparison.Ordinal) && name.IndexOf('.', 4) > 0 ? name[4..] : name;
    }

    /// <summary>The parent domain, where it may identify a company: not a single label, a public suffix or a free-mail domain.</summary>
    /// <returns>Empty when there is none.</returns>
    public static ReadOnlySpan<char> Parent(ReadOnlySpan<char> domain)
    {
        var dot = domain.IndexOf('.');
        if (dot < 0) return default;
        var parent = domain[(dot + 1)..];
        return parent.Contains('.') && !PublicSuffix.Is(parent) && !FreeMail.Is(parent) ? parent : default;
    }

    private static ReadOnlySpan<char> Host(ReadOnlySpan<char> text)
    {
        // As in a mail's header: Jane Doe <jane@acme.com>
        if (text.EndsWith(">") && text.LastIndexOf('<') is >= 0 and var open) text = text[(open + 1)..^1];
        if (text.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)) text = text[7..];
        if (text.IndexOf("://") is >= 0 and var scheme) text = text[(scheme + 3)..];
        else if (text.StartsWith("//")) text = text[2..];
        if (text.IndexOfAny("/?#\\") is >= 0 and var path) text = text[..path];
        if (text.LastIndexOf('@') is >= 0 and var at) text = text[(at + 1)..];
        if (text.LastIndexOf(':') is >= 0 and var port && !text[(port + 1)..].ContainsAnyExceptInRange('0', '9')) text = text[..port];
        return text.Trim().TrimEnd('.');
    }

    /// <summary>Most names are plain ASCII and only need lower case; IDN would cost a microsecond each.</summary>
    private static (bool Is, string? Name) IsPlain(ReadOnlySpan<char> host)
    {
        var label = 0;
        for (var i = 0; i < host.Length; i++)
        {
            var c = host[i];
            label = c == '.' ? 0 : label + 1;
            if (label > 63 || !(char.IsAsciiLetterOrDigit(c) || (c is '.' or '-' && i > 0 && host[i - 1] is not ('.' or '-'))))
                return (false, null);
            if (c == '.' && host[i - 1] == '-') return (false, null);
        }
        return host.IsEmpty || host[^1] == '-' ? (false, null) : (true, host.ToString().ToLowerInvariant());
    }

    private static string? Encode(ReadOnlySpan<char> host)
    {
        if (host.IsEmpty || host.Length > MaxLength) return null;
        try
        {
            return Idn.GetAscii(host.ToString()).ToLowerInvariant().TrimEnd('.');
        }
        catch (ArgumentException)
        {
            // What IDN refuses is no host name, and finds nobody.
            return null;
        }
    }

    private static bool IsAddress(string name) => !name.AsSpan(name.LastIndexOf('.') + 1).ContainsAnyExceptInRange('0', '9');
}
