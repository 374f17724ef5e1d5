using System.Text.Json;
using Azure.Data.Tables.Entities;
using Azure.Data.Tables.Errors;

namespace Azure.Data.Tables.Wire;

/// <summary>An entity as one JSON object on one line, with the type annotations that the service needs.</summary>
internal static class EntityWriter
{
    private const int MostProperties = 252;
    private const int LargestEntity = 1024 * 1024;

    /// <summary>Written by hand in full, so checks of the writer itself would only cost time. The default encoder keeps the
    /// body ASCII, which matters: the emulator breaks characters of several bytes that lie across two of its reads.</summary>
    public static readonly JsonWriterOptions Options = new() { SkipValidation = true };

    private static readonly JsonEncodedText PartitionKey = JsonEncodedText.Encode(PropertyNames.PartitionKey);
    private static readonly JsonEncodedText RowKey = JsonEncodedText.Encode(PropertyNames.RowKey);

    /// <exception cref="RequestFailedException">The entity breaks a limit; the answer that the service would give.</exception>
    /// <exception cref="NotSupportedException">A value is of a type that tables don't have.</exception>
    public static void Write(Utf8JsonWriter json, ITableEntity entity)
    {
        KeyRules.Check(entity.PartitionKey, entity.RowKey);
        json.WriteStartObject();
        json.WriteString(PartitionKey, entity.PartitionKey);
        json.WriteString(RowKey, entity.RowKey);
        var (count, size) = entity is TableEntity untyped ? WriteUntyped(json, untyped) : WriteTyped(json, entity);
        json.WriteEndObject();
        if (count > MostProperties) throw Refusals.TooManyProperties(count);
        if (size + 4 + 2L * (entity.PartitionKey.Length + entity.RowKey.Length) > LargestEntity) throw Refusals.EntityTooLarge();
    }

    private static (int Count, long Size) WriteUntyped(Utf8JsonWriter json, TableEntity entity)
    {
        var (count, size) = (0, 0L);
        foreach (var (name, value) in entity.Properties)
        {
            if (value is null || PropertyNames.IsSystem(name)) continue;
            count++;
            size += ValueWriter.Write(json, name, value);
        }

        return (count, size);
    }

    private static (int Count, long Size) WriteTyped(Utf8JsonWriter json, ITableEntity entity)
    {
        var (count, size) = (0, 0L);
        foreach (var member in EntityType.Of(entity.GetType()).Members)
        {
            if (member.Read(entity) is not { } value) continue;
            count++;
            // A typed entity says on reading which enum it is, so its name will do.
            size += ValueWriter.Write(json, member.Name, value is Enum named ? named.ToString() : value);
        }

        return (count, size);
    }
}
