using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Usage.Core.Values;
using Usage.Core.Values.Columns;

namespace Usage.Functions.Http;

/// <summary>JSON in the words of messages.</summary>
internal static class JsonWords
{
    private const int Longest = 60;

    public static string Found(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => Text(element),
        JsonValueKind.Null or JsonValueKind.Undefined => "null",
        _ => Cut(element.GetRawText()),
    };

    public static string Expected(JsonTypeInfo info)
    {
        var type = Nullable.GetUnderlyingType(info.Type) ?? info.Type;
        if (info.Kind == JsonTypeInfoKind.Enumerable) return "a list";
        if (info.Kind is JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary) return "an object";
        if (type.IsEnum) return "one of " + List(Names(type), quoted: true);
        if (type == typeof(bool)) return "true or false";
        if (type == typeof(int) || type == typeof(long)) return "a whole number";
        if (type == typeof(double)) return "a number";
        if (type == typeof(DateOnly)) return "a date such as \"2026-10-31\"";
        if (type == typeof(DateTimeOffset)) return "a time such as \"2026-10-31T12:00:00Z\"";
        if (type == typeof(ColumnNames)) return "a column's name, or a list of names";
        if (type == typeof(SheetChoice)) return "a sheet's name, or its number";
        if (type == typeof(UsageValue)) return "a number, a text, true or false";
        if (type == typeof(JsonNode)) return "any other JSON";
        return "a text";
    }

    /// <summary>Of an enum.</summary>
    public static IEnumerable<string> Names(Type type) => Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName);

    public static string List(IEnumerable<string> words, bool quoted = false) =>
        string.Join(", ", quoted ? words.Select(word => $"\"{word}\"") : words);

    private static string Text(JsonElement element)
    {
        try
        {
            return $"\"{Cut(element.GetString()!)}\"";
        }
        catch (InvalidOperationException)
        {
            return "a text that is not valid Unicode";
        }
    }

    private static string Cut(string text) =>
        text.Length <= Longest ? text : text[..(char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest)] + "…";
}
