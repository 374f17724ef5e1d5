using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Usage.Core;

namespace Usage.Functions.Http;

/// <summary>
/// Compares a JSON document with the type it should become and names everything that is wrong, where the serializer
/// would stop at the first.
/// </summary>
internal sealed class JsonShape(List<ApiError> errors)
{
    public void Check(JsonElement element, Type type, string path) => Check(element, type, path, nullable: false);

    private void Check(JsonElement element, Type type, string path, bool nullable)
    {
        if (element.ValueKind == JsonValueKind.Null)
        {
            if (!nullable) Add(ApiErrorCode.WrongType, path, $"found null, expected {Expected(type)}");
            return;
        }

        var info = CoreJson.Options.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type);
        switch (info.Kind)
        {
            case JsonTypeInfoKind.Object when element.ValueKind == JsonValueKind.Object:
                CheckMembers(element, info, path);
                break;
            case JsonTypeInfoKind.Enumerable when element.ValueKind == JsonValueKind.Array:
                var index = 0;
                foreach (var item in element.EnumerateArray()) Check(item, info.ElementType!, $"{path}[{index++}]", nullable: false);
                break;
            case JsonTypeInfoKind.Dictionary when element.ValueKind == JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                    if (Name(member, path) is { } name) Check(member.Value, info.ElementType!, Join(path, name), nullable: false);
                break;
            case JsonTypeInfoKind.None:
                CheckValue(element, info, path);
                break;
            default:
                Add(ApiErrorCode.WrongType, path, $"found {JsonWords.Found(element)}, expected {Expected(type)}");
                break;
        }
    }

    private void CheckMembers(JsonElement element, JsonTypeInfo info, string path)
    {
        var known = info.Properties.Where(property => property.Set is not null).ToDictionary(property => property.Name);
        var seen = new HashSet<string>();
        foreach (var member in element.EnumerateObject())
        {
            if (Name(member, path) is not { } name) continue;
            if (!known.TryGetValue(name, out var property))
            {
                Add(ApiErrorCode.UnknownMember, Join(path, name), $"unknown member \"{name}\", expected {JsonWords.List(known.Keys)}");
                continue;
            }

            seen.Add(name);
            var nullable = property.PropertyType.IsValueType ? Nullable.GetUnderlyingType(property.PropertyType) is not null : property.IsSetNullable;
            Check(member.Value, property.PropertyType, Join(path, name), nullable);
        }

        foreach (var property in known.Values.Where(property => property.IsRequired && !seen.Contains(property.Name)))
            Add(ApiErrorCode.MissingMember, Join(path, property.Name), $"\"{property.Name}\" is missing");
    }

    private void CheckValue(JsonElement element, JsonTypeInfo info, string path)
    {
        try
        {
            if (element.ValueKind == JsonValueKind.Number && !double.IsFinite(element.GetDouble()))
                Add(ApiErrorCode.InvalidValue, path, "found a number beyond the range of a double");
            else
                element.Deserialize(info);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or FormatException)
        {
            var rule = problem is JsonException && problem.Message.StartsWith("found ", StringComparison.Ordinal);
            Add(
                rule || element.ValueKind == JsonValueKind.String ? ApiErrorCode.InvalidValue : ApiErrorCode.WrongType,
                path,
                rule ? problem.Message : $"found {JsonWords.Found(element)}, expected {Expected(info.Type)}");
        }
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

    private static string Expected(Type type) => JsonWords.Expected(CoreJson.Options.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type));

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private void Add(string code, string path, string message) => errors.Add(new ApiError(code, path, message));
}
