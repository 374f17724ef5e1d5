using System.Text.Json;
using System.Text.Json.Serialization;

namespace Usage.Core.Values.Columns;

/// <summary>A text, or a list of texts.</summary>
internal sealed class ColumnNamesJsonConverter : JsonConverter<ColumnNames>
{
    public override ColumnNames Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String) return reader.GetString()!;
        if (reader.TokenType != JsonTokenType.StartArray) throw new JsonException($"found {reader.TokenType}, expected a column's name");
        var names = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            names.Add(reader.TokenType == JsonTokenType.String
                ? reader.GetString()! : throw new JsonException($"found {reader.TokenType} in a list, expected a column's name"));
        return ColumnNames.List(names);
    }

    public override void Write(Utf8JsonWriter writer, ColumnNames value, JsonSerializerOptions options)
    {
        if (value.IsList) writer.WriteStartArray();
        foreach (var name in value.Names) writer.WriteStringValue(name);
        if (value.IsList) writer.WriteEndArray();
    }
}
