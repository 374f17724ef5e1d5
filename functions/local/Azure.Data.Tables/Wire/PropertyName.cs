using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Azure.Data.Tables.Errors;

namespace Azure.Data.Tables.Wire;

/// <summary>A name that was found valid once, with its JSON ready to be copied.</summary>
internal sealed class PropertyName
{
    private const int MostRemembered = 4096;
    private const int LongestName = 255;

    private static readonly ConcurrentDictionary<string, PropertyName> Remembered = new(StringComparer.Ordinal);

    private PropertyName(string name)
    {
        Text = JsonEncodedText.Encode(name);
        TypeText = JsonEncodedText.Encode(name + "@odata.type");
        Size = 8 + 2 * name.Length;
    }

    public JsonEncodedText Text { get; }

    /// <summary>The name of the annotation that tells the value's type.</summary>
    public JsonEncodedText TypeText { get; }

    /// <summary>Bytes that the service counts for the property, without its value.</summary>
    public int Size { get; }

    /// <exception cref="RequestFailedException"><c>PropertyNameInvalid</c> or <c>PropertyNameTooLong</c>, as the service would answer.</exception>
    public static PropertyName Of(string name)
    {
        if (Remembered.TryGetValue(name, out var known)) return known;
        if (name.Length > LongestName) throw Refusals.PropertyNameTooLong();
        if (!IsIdentifier(name)) throw Refusals.PropertyNameInvalid(name);
        var made = new PropertyName(name);
        // Callers that make up names without end must not fill the memory.
        if (Remembered.Count < MostRemembered) Remembered.TryAdd(name, made);
        return made;
    }

    private static bool IsIdentifier(string name)
    {
        if (name.Length == 0 || !(name[0] == '_' || char.IsLetter(name[0]) || char.GetUnicodeCategory(name[0]) == UnicodeCategory.LetterNumber))
            return false;
        foreach (var c in name.AsSpan(1))
        {
            if (char.IsAsciiLetterOrDigit(c) || c == '_') continue;
            var fits = char.IsLetter(c) || char.GetUnicodeCategory(c) is UnicodeCategory.LetterNumber or UnicodeCategory.DecimalDigitNumber
                or UnicodeCategory.ConnectorPunctuation or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
                or UnicodeCategory.Format;
            if (!fits) return false;
        }

        return true;
    }
}
