using System.Text;
using System.Text.Json;
using Azure.Data.Tables.Entities;

namespace Azure.Data.Tables.Wire;

/// <summary>Reads entities straight from an answer's bytes. One reader for one answer.</summary>
internal sealed class EntityReader<T>
    where T : class, ITableEntity
{
    private static readonly object True = true;
    private static readonly object False = false;

    private readonly NameCache _names = new();
    private readonly List<(string Name, object? Value)> _properties = [];
    private readonly List<(string Name, EdmType Type)> _annotations = [];
    private string _partitionKey = "";

    public List<T> ReadPage(ReadOnlySpan<byte> json)
    {
        var entities = new List<T>();
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isList = reader.ValueTextEquals("value"u8);
            reader.Read();
            if (!isList)
            {
                reader.Skip();
                continue;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.StartObject) entities.Add(ReadEntity(ref reader));
        }

        return entities;
    }

    public T ReadOne(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        return ReadEntity(ref reader);
    }

    private T ReadEntity(ref Utf8JsonReader reader)
    {
        _properties.Clear();
        _annotations.Clear();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(reader.GetString()!) : reader.ValueSpan;
            if (key.EndsWith("@odata.type"u8))
            {
                var name = _names.Get(key[..^11]);
                reader.Read();
                Annotate(name, EdmTypes.Parse(reader.ValueSpan));
            }
            else
            {
                var name = _names.Get(key);
                reader.Read();
                ReadValue(ref reader, name);
            }
        }

        return EntityShape<T>.Create(_properties);
    }

    private void Annotate(string name, EdmType type)
    {
        var read = _properties.FindIndex(p => (object)p.Name == name);
        if (read < 0) _annotations.Add((name, type));
        else _properties[read] = (name, EdmTypes.Convert(_properties[read].Value, type));
    }

    private void ReadValue(ref Utf8JsonReader reader, string name)
    {
        if (name.StartsWith("odata.", StringComparison.Ordinal) && name != PropertyNames.ETag)
        {
            reader.Skip();
            return;
        }

        if (name == PropertyNames.PartitionKey)
        {
            // Most answers hold few partitions; one string serves all of a partition's entities.
            if (!reader.ValueTextEquals(_partitionKey)) _partitionKey = reader.GetString()!;
            _properties.Add((name, _partitionKey));
            return;
        }

        var type = name == PropertyNames.Timestamp ? EdmType.DateTime : TakeAnnotation(name);
        _properties.Add((name, Value(ref reader, type)));
    }

    private EdmType TakeAnnotation(string name)
    {
        for (var i = _annotations.Count - 1; i >= 0; i--)
        {
            // Both strings come from the one cache.
            if ((object)_annotations[i].Name != name) continue;
            var type = _annotations[i].Type;
            _annotations.RemoveAt(i);
            return type;
        }

        return EdmType.Plain;
    }

    private static object? Value(ref Utf8JsonReader reader, EdmType type) => reader.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.True => True,
        JsonTokenType.False => False,
        JsonTokenType.Number => Number(ref reader, type),
        JsonTokenType.String => type switch
        {
            EdmType.DateTime when reader.TryGetDateTimeOffset(out var time) => time.ToUniversalTime(),
            EdmType.Guid when reader.TryGetGuid(out var id) => id,
            EdmType.Binary => reader.GetBytesFromBase64(),
            EdmType.Plain => reader.GetString(),
            _ => EdmTypes.Convert(reader.GetString(), type),
        },
        _ => throw new NotSupportedException($"The service sent a property that is a JSON {reader.TokenType}; entities have plain values only."),
    };

    private static object Number(ref Utf8JsonReader reader, EdmType type)
    {
        if (type == EdmType.Double) return reader.GetDouble();
        if (type == EdmType.Int64) return reader.GetInt64();
        if (reader.TryGetInt32(out var small)) return small;
        return reader.TryGetInt64(out var large) ? large : reader.GetDouble();
    }
}
