using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Usage.Core;

namespace Usage.Functions.Http;

/// <summary>Takes the place of what is wrong or missing in a document: of the right type, and never told to anybody.</summary>
internal static class JsonStandIn
{
    // An id wherever one is expected.
    private const string Text = "x";

    public static JsonNode? For(JsonPropertyInfo property) =>
        For(CoreJson.Options.GetTypeInfo(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType), IsNullable(property));

    public static JsonNode? For(JsonTypeInfo info, bool nullable) => info.Kind switch
    {
        _ when nullable => null,
        JsonTypeInfoKind.Object =>
            new JsonObject(info.Properties.Where(property => property.IsRequired)
                .Select(property => KeyValuePair.Create(property.Name, For(property)))),
        JsonTypeInfoKind.Dictionary => new JsonObject(),
        JsonTypeInfoKind.Enumerable => new JsonArray(),
        _ when info.Type.IsEnum => JsonWords.Names(info.Type).First(),
        _ when info.Type == typeof(bool) => false,
        _ when info.Type == typeof(int) || info.Type == typeof(long) || info.Type == typeof(double) => 0,
        _ => Text,
    };

    public static bool IsNullable(JsonPropertyInfo property) =>
        property.PropertyType.IsValueType ? Nullable.GetUnderlyingType(property.PropertyType) is not null : property.IsSetNullable;
}
