using System.Text.Json;
using System.Text.Json.Serialization;

namespace Usage.Core.Values;

internal sealed class UsageValueJsonConverter : JsonConverter<UsageValue>
{
    public override UsageValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number => UsageValue.Of(reader.GetDouble()),
        JsonTokenType.String => UsageValue.Of(reader.GetString()!),
        JsonTokenType.True or JsonTokenType.False => UsageValue.Of(reader.GetBoolean()),
        _ => throw new JsonException($"found {reader.TokenType}, expected a number, a text, true or false"),
    };

    public override void Write(Utf8JsonWriter writer, UsageValue value, JsonSerializerOptions options)
    {
        switch (value.Type)
        {
            case DataType.Numeric: writer.WriteNumberValue(value.Number); break;
            case DataType.Boolean: writer.WriteBooleanValue(value.Boolean); break;
            default: writer.WriteStringValue(value.Text); break;
        }
    }
}
