using System.Text.Json;
using System.Text.Json.Serialization;

namespace Usage.Core.Values;

internal sealed class SheetChoiceJsonConverter : JsonConverter<SheetChoice>
{
    public override SheetChoice Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String) return SheetChoice.Of(reader.GetString()!);
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number)) return SheetChoice.Of(number);
        throw new JsonException($"found {reader.TokenType}, expected a sheet's name or number");
    }

    public override void Write(Utf8JsonWriter writer, SheetChoice value, JsonSerializerOptions options)
    {
        if (value.Number is { } number) writer.WriteNumberValue(number);
        else writer.WriteStringValue(value.Name);
    }
}
