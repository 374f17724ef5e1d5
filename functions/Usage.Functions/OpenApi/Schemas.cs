using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Usage.Core;
using Usage.Core.Ids;
using Usage.Core.Values;
using Usage.Core.Values.Columns;
using Usage.Functions.Http;
using Usage.Functions.Integrations;

namespace Usage.Functions.OpenApi;

/// <summary>JSON Schemas of the types that are read and written, so that the document can't say other than the code.</summary>
internal static class Schemas
{
    private static readonly Dictionary<Type, string> Patterns = new()
    {
        [typeof(AccountId)] = @"^(?!\.{1,2}$)[^/\\#?\u0000-\u001f\u007f-\u009f]{1,128}$",
        [typeof(DimensionId)] = "^[a-z][a-z0-9_]{0,62}$",
        [typeof(RunId)] = "^[0-9]{8}T[0-9]{6}-[0-9a-f]{12}$",
        [typeof(UploadId)] = "^[0-9]{8}T[0-9]{6}-[0-9a-f]{12}$",
    };

    public static string SlugPattern => "^[a-z0-9][a-z0-9-]{0,62}$";

    public static JsonNode Of(Shape shape, bool answered)
    {
        var schema = Of(shape.Type, answered);
        if (shape.More is null) return schema;
        var more = Of(shape.More, answered);
        foreach (var (name, member) in more["properties"]!.AsObject()) schema["properties"]![name] = member!.DeepClone();
        foreach (var name in more["required"]!.AsArray()) schema["required"]!.AsArray().Add(name!.DeepClone());
        return schema;
    }

    /// <param name="answered">Answers have all of their members always; bodies may leave out what isn't required.</param>
    public static JsonNode Of(Type type, bool answered)
    {
        var schema = CoreJson.Options.GetJsonSchemaAsNode(type, new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = (context, schema) => Transform(context, schema, answered),
        });
        return Whole(schema, schema);
    }

    public static JsonObject OfId(Type id) => new()
    {
        ["type"] = "string",
        ["pattern"] = Patterns.GetValueOrDefault(id, SlugPattern),
    };

    public static JsonObject Reference(string name) => new() { ["$ref"] = $"#/components/schemas/{name}" };

    /// <summary>Of a form; without parts, of a file.</summary>
    public static JsonObject OfParts(IReadOnlyList<FormPart> parts) => parts.Count == 0
        ? new() { ["type"] = "string" }
        : new()
        {
            ["type"] = "object",
            ["properties"] = new JsonObject(
                parts.Select(
                    part =>
                        KeyValuePair.Create(part.Name,
                            (JsonNode?)new JsonObject
                            {
                                ["type"] = "string",
                                ["description"] = part.File
                                ? "A file with its name." : "A text, or a file."
                            }))),
            ["required"] = new JsonArray([.. parts.Where(part => !part.Optional).Select(part => (JsonNode)part.Name)]),
            ["additionalProperties"] = false,
        };

    /// <summary>
    /// The exporter refers to what it has described already by its place in the schema, which is another one in the document.
    /// </summary>
    private static JsonNode Whole(JsonNode node, JsonNode root)
    {
        if (node is JsonArray list) return new JsonArray([.. list.Select(item => item is null ? null : Whole(item, root))]);
        if (node is not JsonObject schema) return node.DeepClone();
        var whole = new JsonObject();
        foreach (var (name, value) in schema)
        {
            if (name == "$ref" && (string?)value is { } place && place.StartsWith("#/properties/", StringComparison.Ordinal))
                foreach (var (own, described) in Whole(At(root, place), root).AsObject()) whole[own] = described?.DeepClone();
            else whole[name] = value is null ? null : Whole(value, root);
        }

        return whole;
    }

    private static JsonNode At(JsonNode root, string place) => place.Split('/').Skip(1).Aggregate(root, (node, name) => node[name]!);

    private static JsonNode Transform(JsonSchemaExporterContext context, JsonNode schema, bool answered)
    {
        var type = context.TypeInfo.Type;
        var given = Nullable.GetUnderlyingType(type) ?? type;
        var nullable = given != type || context.PropertyInfo is { IsGetNullable: true } property && property.PropertyType == type;
        if (IsId(given)) return WithNull(OfId(given), nullable);
        // The exporter knows nothing of items that it can't look into.
        if (context.TypeInfo is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } item } && IsId(item) && schema is JsonObject list)
            list["items"] = OfId(item);
        if (given == typeof(UsageValue))
            return WithNull(new JsonObject { ["type"] = new JsonArray("number", "string", "boolean") }, nullable);
        if (given == typeof(ColumnNames))
            return WithNull(
                new JsonObject { ["type"] = new JsonArray("string", "array"), ["items"] = new JsonObject { ["type"] = "string" } },
                nullable);
        if (given == typeof(SheetChoice))
            return WithNull(new JsonObject { ["type"] = new JsonArray("string", "integer") }, nullable);
        if (given == typeof(object)) return new JsonObject { ["type"] = "object" };
        // Whatever its owner has written into it.
        if (type == typeof(JsonNode))
            return WithNull(
                new JsonObject
                {
                    ["type"] = new JsonArray("object", "array", "string", "number", "boolean"),
                    ["additionalProperties"] = true,
                },
                nullable);
        // Whatever was changed, as it was then.
        if (type == typeof(JsonElement?)) return new JsonObject { ["type"] = new JsonArray("object", "null") };
        // The one place for either of two: an integration, or the id of a saved one.
        if (given == typeof(JsonElement))
            return new JsonObject
            {
                ["anyOf"] = new JsonArray(
                Reference(nameof(IntegrationBody)), OfId(typeof(IntegrationId)))
            };
        if (given == typeof(DateTimeOffset))
            return WithNull(new JsonObject { ["type"] = "string", ["format"] = "date-time" }, nullable);
        if (given.IsEnum && schema is JsonObject words) return WithNull(Texts(words), nullable);
        if (!answered && type.IsSubclassOf(typeof(EditedBody)) && schema["properties"] is JsonObject own)
            foreach (var name in EditedBody.Ignored)
                own[name] = new JsonObject { ["description"] = "Ignored: an answer has it, so that what was read can be sent back." };
        if (answered && context.TypeInfo.Kind == JsonTypeInfoKind.Object && schema is JsonObject { } shape
            && shape["properties"] is JsonObject members)
            shape["required"] = new JsonArray(
                [.. members.Where(member => IsAlways(context.TypeInfo, member.Key)).Select(member => (JsonNode)member.Key)]);
        return schema;
    }

    private static bool IsId(Type type) => type.GetInterfaces().Any(one => one.Name == "IId`1");

    /// <summary>Enums are written as texts; the exporter leaves their type open.</summary>
    private static JsonObject Texts(JsonObject words)
    {
        var described = new JsonObject { ["type"] = "string" };
        foreach (var (name, value) in words) described[name] = value?.DeepClone();
        return described;
    }

    private static bool IsAlways(JsonTypeInfo type, string member) =>
        type.Properties.First(property => property.Name == member).ShouldSerialize is null;

    private static JsonObject WithNull(JsonObject schema, bool nullable)
    {
        if (!nullable) return schema;
        var types = schema["type"] is JsonArray several
            ? several.Select(one => one!.GetValue<string>()) : [schema["type"]!.GetValue<string>()];
        schema["type"] = new JsonArray([.. types.Append("null").Select(one => (JsonNode)one)]);
        return schema;
    }
}
