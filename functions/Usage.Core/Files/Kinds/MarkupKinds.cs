using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Usage.Core.Files.Kinds;

/// <summary>Text that is no table: HTML, XML and JSON.</summary>
internal static class MarkupKinds
{
    private const int Looked = 4096;

    private static readonly Found Html =
        new("an HTML page, which may say why the file itself wasn't there", "look at it, then save the table as CSV");

    private static readonly Found Xml = new("XML", "save the table as CSV");

    private static readonly Found Json = new("JSON", "save it as CSV");

    private static readonly SearchValues<char> TagEnds = SearchValues.Create(" \t\r\n/>");

    private static readonly string[] HtmlTags =
        ["html", "head", "body", "table", "title", "meta", "script", "style", "div", "center", "p", "h1", "h2", "pre"];

    public static Found? Of(ReadOnlySpan<byte> utf8)
    {
        var text = Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, Looked)]).AsSpan().TrimStart();
        if (text.IsEmpty) return null;
        return text[0] switch
        {
            '<' => OfTag(text),
            '{' when StartsWithAny(text[1..], "\"}") => Json,
            '[' when StartsWithAny(text[1..], "{[\"]") || IsList(utf8) => Json,
            _ => null,
        };
    }

    /// <summary>A column may be called &lt;id&gt;: what is no known tag must be followed by another one.</summary>
    private static Found? OfTag(ReadOnlySpan<char> text)
    {
        if (Starts(text, "<!doctype html")) return Html;
        if (Starts(text, "<!--") && AfterComment(text) is ['<', ..] next && OfTag(next) is { } found) return found;
        if (Starts(text, "<?xml") || Starts(text, "<!--") || Starts(text, "<!doctype"))
            return text.Contains("<html", StringComparison.OrdinalIgnoreCase) ? Html : Xml;
        var length = text[1..].IndexOfAny(TagEnds);
        var end = text.IndexOf('>');
        if (length < 1 || end < 0) return null;
        var name = text.Slice(1, length).ToString();
        if (StartsWithAny(text[(end + 1)..], ",;|")) return null;
        if (HtmlTags.Contains(name, StringComparer.OrdinalIgnoreCase)) return Html;
        return StartsWithAny(text[(end + 1)..], "<") ? Xml : null;
    }

    /// <summary>HTML and XML may both begin with one. Empty where it has no end.</summary>
    private static ReadOnlySpan<char> AfterComment(ReadOnlySpan<char> text)
    {
        var end = text.IndexOf("-->");
        return end < 0 ? [] : text[(end + 3)..].TrimStart();
    }

    /// <summary>As far as it is looked at, all of it must be JSON: a column may be called [id].</summary>
    private static bool IsList(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8[..Math.Min(utf8.Length, Looked)], isFinalBlock: false, default);
        try
        {
            var values = 0;
            while (reader.Read()) values++;
            return values > 1;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool Starts(ReadOnlySpan<char> text, string start) => text.StartsWith(start, StringComparison.OrdinalIgnoreCase);

    private static bool StartsWithAny(ReadOnlySpan<char> text, string characters) =>
        text.TrimStart() is [var first, ..] && characters.Contains(first);
}
