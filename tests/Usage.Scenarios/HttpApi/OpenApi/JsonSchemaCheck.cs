using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Usage.Scenarios.HttpApi.OpenApi;

/// <summary>As much of JSON Schema 2020-12 as the API's document uses; a keyword that it doesn't know is an error, not a pass.</summary>
internal sealed class JsonSchemaCheck(JsonElement document)
{
    private static readonly HashSet<string> Known =
        ["$ref", "type", "enum", "properties", "required", "additionalProperties", "items", "anyOf", "pattern", "format", "minimum",
            "maximum", "default", "title", "description"];

    public IReadOnlyList<string> Errors(JsonElement value, JsonElement schema) => [.. Check(value, schema, "$")];

    private IEnumerable<string> Check(JsonElement value, JsonElement schema, string path)
    {
        if (schema.ValueKind == JsonValueKind.True) return [];
        var unknown = schema.EnumerateObject().Where(keyword => !Known.Contains(keyword.Name))
            .Select(keyword => $"{path}: schema keyword {keyword.Name} is not known");
        return unknown.Concat(schema.EnumerateObject().SelectMany(keyword => Check(value, schema, keyword, path)));
    }

    private IEnumerable<string> Check(JsonElement value, JsonElement schema, JsonProperty keyword, string path) => keyword.Name switch
    {
        "$ref" => Check(value, Resolve(keyword.Value.GetString()!), path),
        "type" => Types(keyword.Value).Any(type => IsA(value, type)) ? [] : [$"{path}: found {value.ValueKind}, expected {keyword.Value}"],
        "enum" => keyword.Value.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value)) ? []
            : [$"{path}: found {value}, expected one of {keyword.Value}"],
        "anyOf" =>
            keyword.Value.EnumerateArray().Any(one => !Check(value, one, path).Any()) ? [] : [$"{path}: fits none of anyOf: {value}"],
        "items" when value.ValueKind == JsonValueKind.Array =>
            value.EnumerateArray().SelectMany((item, i) => Check(item, keyword.Value, $"{path}[{i}]")),
        "properties" when value.ValueKind == JsonValueKind.Object => value.EnumerateObject()
            .Where(member => keyword.Value.TryGetProperty(member.Name, out _))
            .SelectMany(member => Check(member.Value, keyword.Value.GetProperty(member.Name), $"{path}.{member.Name}")),
        "required" when value.ValueKind == JsonValueKind.Object => keyword.Value.EnumerateArray()
            .Where(name => !value.TryGetProperty(name.GetString()!, out _)).Select(name => $"{path}: {name} is missing"),
        "additionalProperties" when value.ValueKind == JsonValueKind.Object => value.EnumerateObject()
            .Where(member => !(schema.TryGetProperty("properties", out var known) && known.TryGetProperty(member.Name, out _)))
            .SelectMany(member => keyword.Value.ValueKind == JsonValueKind.False
                ? [$"{path}: {member.Name} is not described"] : Check(member.Value, keyword.Value, $"{path}.{member.Name}")),
        "pattern" when value.ValueKind == JsonValueKind.String =>
            Regex.IsMatch(value.GetString()!, keyword.Value.GetString()!) ? [] : [$"{path}: {value} doesn't match {keyword.Value}"],
        "format" when value.ValueKind == JsonValueKind.String =>
            HasFormat(value.GetString()!, keyword.Value.GetString()!) ? [] : [$"{path}: {value} is no {keyword.Value}"],
        _ => [],
    };

    private JsonElement Resolve(string reference) =>
        reference.Split('/').Skip(1).Aggregate(document, (node, name) => node.GetProperty(name));

    private static IEnumerable<string> Types(JsonElement types) =>
        types.ValueKind == JsonValueKind.Array ? types.EnumerateArray().Select(type => type.GetString()!) : [types.GetString()!];

    private static bool IsA(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        _ => value.ValueKind == JsonValueKind.Null,
    };

    private static bool HasFormat(string text, string format) => format switch
    {
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "date-time" => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _),
        _ => true,
    };
}
