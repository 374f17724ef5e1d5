using System.Text.Json;
using Azure.Data.Tables;
using Usage.Core;

namespace Usage.Storage.Documents;

/// <summary>
/// A value as JSON in an entity's text properties. One property holds 32,768 characters at most, so there may be several.
/// </summary>
internal static class DocumentEntity
{
    private const int ChunkLength = 32_000;

    public static TableEntity Write<T>(string partition, string row, T value)
    {
        var json = JsonSerializer.Serialize(value, CoreJson.Options);
        var entity = new TableEntity(partition, row);
        for (var i = 0; i * ChunkLength < json.Length; i++)
            entity[Name(i)] = json.Substring(i * ChunkLength, Math.Min(ChunkLength, json.Length - i * ChunkLength));
        return entity;
    }

    public static T Read<T>(TableEntity entity)
    {
        var json = entity.GetString(Name(0))
            ?? throw new InvalidDataException($"entity {entity.PartitionKey}/{entity.RowKey} has no document");
        for (var i = 1; entity.GetString(Name(i)) is { } more; i++) json += more;
        return JsonSerializer.Deserialize<T>(json, CoreJson.Options)!;
    }

    private static string Name(int chunk) => chunk == 0 ? "json" : $"json{chunk}";
}
