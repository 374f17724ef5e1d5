using System.Buffers.Text;
using System.Text.Json;
using Azure.Data.Tables.Errors;

namespace Azure.Data.Tables.Wire;

/// <summary>One property: JSON has too few types, so all but string, boolean and Int32 are annotated.</summary>
internal static class ValueWriter
{
    private const int LongestString = 32 * 1024;
    private const int LongestBinary = 64 * 1024;

    private static readonly DateTime FirstDate = new(1601, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private static readonly JsonEncodedText Double = JsonEncodedText.Encode("Edm.Double");
    private static readonly JsonEncodedText Int64 = JsonEncodedText.Encode("Edm.Int64");
    private static readonly JsonEncodedText Guid = JsonEncodedText.Encode("Edm.Guid");
    private static readonly JsonEncodedText Binary = JsonEncodedText.Encode("Edm.Binary");
    private static readonly JsonEncodedText Date = JsonEncodedText.Encode("Edm.DateTime");

    /// <summary>The bytes that the service counts for the property.</summary>
    public static int Write(Utf8JsonWriter json, string propertyName, object value)
    {
        var name = PropertyName.Of(propertyName);
        switch (value)
        {
            case double number:
                json.WriteString(name.TypeText, Double);
                if (double.IsNaN(number)) json.WriteString(name.Text, "NaN"u8);
                else json.WriteNumber(name.Text, number);
                return name.Size + 8;
            case string text:
                if (text.Length > LongestString) throw Refusals.PropertyValueTooLarge(propertyName);
                json.WriteString(name.Text, text);
                return name.Size + 4 + 2 * text.Length;
            case bool flag:
                json.WriteBoolean(name.Text, flag);
                return name.Size + 1;
            case int number:
                json.WriteNumber(name.Text, number);
                return name.Size + 4;
            case long number:
                return WriteInt64(json, name, number);
            case ulong number:
                return WriteInt64(json, name, checked((long)number));
            case DateTimeOffset time:
                return WriteDate(json, name, propertyName, time.UtcDateTime);
            case DateTime time:
                return WriteDate(json, name, propertyName, Utc(time));
            case Guid id:
                json.WriteString(name.TypeText, Guid);
                json.WriteString(name.Text, id);
                return name.Size + 16;
            case byte[] bytes:
                return WriteBinary(json, name, propertyName, bytes);
            case BinaryData data:
                return WriteBinary(json, name, propertyName, data.ToMemory().Span);
            case float number:
                json.WriteNumber(name.Text, number);
                return name.Size + 8;
            case decimal number:
                json.WriteNumber(name.Text, number);
                return name.Size + 8;
            default:
                throw new NotSupportedException($"Not supported type {value.GetType()} of the property \"{propertyName}\": tables store string, bool, int, long, double, Guid, binary, and dates in UTC.");
        }
    }

    private static int WriteInt64(Utf8JsonWriter json, PropertyName name, long number)
    {
        // As a string: a JSON number loses digits in a reader that has doubles only.
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(number, digits, out var length);
        json.WriteString(name.TypeText, Int64);
        json.WriteString(name.Text, digits[..length]);
        return name.Size + 8;
    }

    private static int WriteDate(Utf8JsonWriter json, PropertyName name, string propertyName, DateTime time)
    {
        if (time < FirstDate) throw Refusals.DateOutOfRange(propertyName, time);
        Span<byte> text = stackalloc byte[28];
        Utf8Formatter.TryFormat(time, text, out var length, 'O');
        json.WriteString(name.TypeText, Date);
        json.WriteString(name.Text, text[..length]);
        return name.Size + 8;
    }

    private static int WriteBinary(Utf8JsonWriter json, PropertyName name, string propertyName, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > LongestBinary) throw Refusals.PropertyValueTooLarge(propertyName);
        json.WriteString(name.TypeText, Binary);
        json.WriteBase64String(name.Text, bytes);
        return name.Size + 4 + bytes.Length;
    }

    private static DateTime Utc(DateTime time) => time.Kind == DateTimeKind.Utc
        ? time
        : throw new NotSupportedException(FormattableString.Invariant(
            $"DateTime {time:O} has a Kind of {time.Kind}. Azure SDK requires it to be UTC. You can call DateTime.SpecifyKind to change Kind property value to DateTimeKind.Utc."));
}
