using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Usage.Core;
using Usage.Functions.Http.Errors;

namespace Usage.Functions.Http;

/// <summary>
/// Compares a JSON document with the type it should become and names everything that is wrong, where the serializer
/// would stop at the first; what is wrong or missing gets a stand-in, so that the rules can look at the rest.
/// </summary>
internal sealed class JsonShape(List<ApiError> errors)
{
    /// <returns>What can be deserialized.</returns>
    public JsonNode? Check(JsonElement element, Type type, string path) => Check(element, Info(type), path, nullable: false);

    private JsonNode? Check(JsonElement element, JsonTypeInfo info, string path, bool nullable) => (info.Kind, element.ValueKind) switch
    {
        (_, JsonValueKind.Null) when nullable => null,
        (JsonTypeInfoKind.Object, JsonValueKind.Object) => CheckMembers(element, info, path),
        (JsonTypeInfoKind.Enumerable, JsonValueKind.Array) =>
            new JsonArray(
                [.. element.EnumerateArray().Select((item, i) => Check(item, Info(info.ElementType!), $"{path}[{i}]", nullable: false))]),
        (JsonTypeInfoKind.Dictionary, JsonValueKind.Object) => new JsonObject(element.EnumerateObject()
            .Select(member => (Name: Name(member, path), member.Value))
            .Where(member => member.Name is not null)
            .Select(member => KeyValuePair.Create(
                member.Name!, Check(member.Value, Info(info.ElementType!), Join(path, member.Name!), nullable: false)))),
        (JsonTypeInfoKind.None, not JsonValueKind.Null) => CheckValue(element, info, path, nullable),
        _ => Wrong(ApiErrorCode.WrongType, element, info, path, nullable),
    };

    private JsonObject CheckMembers(JsonElement element, JsonTypeInfo info, string path)
    {
        var known = info.Properties.Where(property => property.Set is not null).ToDictionary(property => property.Name);
        var read = new JsonObject();
        string? expected = null;
        foreach (var member in element.EnumerateObject())
        {
            if (Name(member, path) is not { } name) continue;
            if (info.Type.IsSubclassOf(typeof(EditedBody)) && EditedBody.Ignored.Contains(name)) continue;
            if (known.TryGetValue(name, out var property))
                read[name] = Check(member.Value, Info(property.PropertyType), Join(path, name), JsonStandIn.IsNullable(property));
            else
            {
                expected ??= JsonWords.List(known.Keys);
                Add(ApiErrorCode.UnknownMember, Join(path, name), $"unknown member \"{name}\", expected {expected}");
            }
        }

        foreach (var property in known.Values.Where(property => property.IsRequired && !read.ContainsKey(property.Name)))
        {
            Add(ApiErrorCode.MissingMember, Join(path, property.Name), $"\"{property.Name}\" is missing");
            read[property.Name] = JsonStandIn.For(property);
        }

        return read;
    }

    private JsonNode? CheckValue(JsonElement element, JsonTypeInfo info, string path, bool nullable)
    {
        try
        {
            if (element.ValueKind == JsonValueKind.Number && !double.IsFinite(element.GetDouble()))
            {
                Add(ApiErrorCode.InvalidValue, path, "found a number beyond the range of a double");
                return JsonStandIn.For(info, nullable);
            }

            // The serializer takes names of enums in any case.
            if (info.Type.IsEnum && element.ValueKind == JsonValueKind.String && !JsonWords.Names(info.Type).Contains(element.GetString()))
                return Wrong(ApiErrorCode.InvalidValue, element, info, path, nullable);
            element.Deserialize(info);
            return Node(element);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or FormatException)
        {
            if (element.ValueKind != JsonValueKind.String) return Wrong(ApiErrorCode.WrongType, element, info, path, nullable);
            // Ids say themselves what they expect.
            if (problem is not JsonException || !problem.Message.StartsWith("found ", StringComparison.Ordinal))
                return Wrong(ApiErrorCode.InvalidValue, element, info, path, nullable);
            Add(ApiErrorCode.InvalidValue, path, problem.Message);
            return JsonStandIn.For(info, nullable);
        }
    }

    private JsonNode? Wrong(string code, JsonElement element, JsonTypeInfo info, string path, bool nullable)
    {
        Add(code, path, $"found {JsonWords.Found(element)}, expected {JsonWords.Expected(info)}");
        return JsonStandIn.For(info, nullable);
    }

    // A name can be text that is no text: half of a surrogate pair.
    private string? Name(JsonProperty member, string path)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            Add(ApiErrorCode.UnknownMember, path, "a member's name is not valid Unicode");
            return null;
        }
    }

    private static JsonNode? Node(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => JsonObject.Create(element),
        JsonValueKind.Array => JsonArray.Create(element),
        _ => JsonValue.Create(element),
    };

    private static JsonTypeInfo Info(Type type) => CoreJson.Options.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type);

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private void Add(string code, string path, string message) => errors.Add(new ApiError(code, path, message));
}
