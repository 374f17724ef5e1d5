using System.Text.Json;

namespace Microsoft.DurableTask.Converters;

/// <summary>System.Text.Json, fields included. A null value is no text at all, not the text <c>null</c>.</summary>
public class JsonDataConverter : DataConverter
{
    private static readonly JsonSerializerOptions s_default = new() { IncludeFields = true };

    private readonly JsonSerializerOptions _options;

    public JsonDataConverter(JsonSerializerOptions? options = null) => _options = options ?? s_default;

    public static JsonDataConverter Default { get; } = new();

    public override string? Serialize(object? value) => value is null ? null : JsonSerializer.Serialize(value, _options);

    public override object? Deserialize(string? data, Type targetType)
        => data is null ? null : JsonSerializer.Deserialize(data, targetType, _options);
}
