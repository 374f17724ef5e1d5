using System.Text.Json;
using System.Text.Json.Serialization;

namespace Usage.Core.Ids;

/// <summary>
/// Ids are plain strings in JSON, values and property names alike; an invalid one is a <see cref="JsonException"/> with the rule.
/// </summary>
public sealed class IdJsonConverter<T> : JsonConverter<T>
    where T : struct, IId<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String) throw new JsonException($"found {reader.TokenType}, expected a text: {T.Rule}");
        return Parse(reader.GetString());
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);

    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Parse(reader.GetString());

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.Value);

    private static T Parse(string? text) =>
        T.TryParse(text, out var id) ? id : throw new JsonException($"found \"{text}\", expected {T.Rule}");
}
