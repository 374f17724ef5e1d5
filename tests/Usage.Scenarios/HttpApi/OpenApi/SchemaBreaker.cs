using System.Text.Json.Nodes;

namespace Usage.Scenarios.HttpApi.OpenApi;

/// <summary>Copies of a good body, each with one thing changed anywhere in it. Which of them the schema forbids, the schema says.</summary>
internal static class SchemaBreaker
{
    private static readonly string[] Others = ["null", "true", "7", "-1.5", "\"no such word\"", "\"\"", "[]", "{}", "[null]", "{\"x\":1}"];

    public static IEnumerable<(string What, string Body)> Change(string body)
    {
        foreach (var path in Places(JsonNode.Parse(body), []))
        {
            foreach (var other in Others)
                yield return ($"{Name(path)} = {other}", Edit(body, path, (parent, key) => Set(parent, key, JsonNode.Parse(other))));
            if (Find(JsonNode.Parse(body), path) is JsonValue value && value.TryGetValue(out string? text))
                yield return ($"{Name(path)} in capitals", Edit(body, path, (parent, key) => Set(parent, key, text.ToUpperInvariant())));
            if (path is [.., string])
                yield return ($"without {Name(path)}", Edit(body, path, (parent, key) => parent!.AsObject().Remove((string)key!)));
        }

        foreach (var path in Places(JsonNode.Parse(body), []).Where(path => Find(JsonNode.Parse(body), path) is JsonObject))
            yield return ($"{Name(path)} with one more", Edit(body, [.. path, "nonsense"], (parent, key) => Set(parent, key, 1)));
    }

    /// <summary>Every place of a document: names and indexes that lead to it; the whole first.</summary>
    private static IEnumerable<object[]> Places(JsonNode? node, object[] path)
    {
        yield return path;
        var inner = node switch
        {
            JsonObject members => members.Select(member => ((object)member.Key, member.Value)),
            JsonArray items => items.Select((item, i) => ((object)i, item)),
            _ => [],
        };
        foreach (var (key, value) in inner)
            foreach (var place in Places(value, [.. path, key])) yield return place;
    }

    private static string Edit(string body, object[] path, Action<JsonNode?, object?> edit)
    {
        var root = new JsonObject { ["root"] = JsonNode.Parse(body) };
        object[] whole = ["root", .. path];
        edit(Find(root, whole[..^1]), whole[^1]);
        return root["root"]?.ToJsonString() ?? "null";
    }

    private static JsonNode? Find(JsonNode? node, object[] path) =>
        path.Aggregate(node, (found, key) => key is int index ? found![index] : found![(string)key]);

    private static void Set(JsonNode? parent, object? key, JsonNode? value)
    {
        if (key is int index) parent!.AsArray()[index] = value;
        else parent!.AsObject()[(string)key!] = value;
    }

    private static string Name(object[] path) => path.Length == 0 ? "the body" : string.Join('.', path);
}
