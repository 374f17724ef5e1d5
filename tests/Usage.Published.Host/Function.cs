using System.Text.Json.Nodes;

namespace Usage.Published.Host;

/// <summary>A function as the worker tells it.</summary>
public sealed record Function(string Id, string Name, JsonObject Metadata, IReadOnlyList<JsonObject> Bindings)
{
    public JsonObject Trigger => Bindings.Single(binding => Text(binding, "type").EndsWith("Trigger", StringComparison.Ordinal));

    public string Kind => Text(Trigger, "type");

    public static Function Read(JsonObject found, string folder)
    {
        var id = Guid.NewGuid().ToString();
        List<JsonObject> bindings = [.. found["rawBindings"]!.AsArray().Select(raw => JsonNode.Parse((string)raw!)!.AsObject())];
        var metadata = found.DeepClone().AsObject();
        metadata["functionId"] = id;
        metadata["directory"] = folder;
        metadata["bindings"] = new JsonObject(bindings.Select(binding => KeyValuePair.Create<string, JsonNode?>(Text(binding, "name"), Info(binding))));
        return new Function(id, (string)found["name"]!, metadata, bindings);
    }

    /// <param name="trigger">What the trigger's parameter gets.</param>
    /// <param name="client">What a durable client's parameter gets.</param>
    public JsonArray Inputs(JsonObject trigger, string client) =>
    [
        .. Bindings.Where(binding => Text(binding, "direction").Equals("in", StringComparison.OrdinalIgnoreCase)).Select(binding => new JsonObject
        {
            ["name"] = Text(binding, "name"),
            ["data"] = Text(binding, "type") == "durableClient" ? new JsonObject { ["string"] = client } : trigger.DeepClone(),
        }),
    ];

    private static JsonObject Info(JsonObject binding) => new()
    {
        ["type"] = Text(binding, "type"),
        ["direction"] = Text(binding, "direction").ToLowerInvariant(),
        ["properties"] = new JsonObject((binding["properties"] as JsonObject ?? []).Select(p => KeyValuePair.Create<string, JsonNode?>(p.Key, p.Value?.ToString()))),
    };

    private static string Text(JsonObject binding, string name) => (string)binding[name]!;
}
