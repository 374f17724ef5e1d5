using System.Text.Json.Nodes;
using Usage.Host.Settings;

namespace Usage.Host.Functions;

/// <summary>A function as the worker's SDK wrote it into <c>functions.metadata</c> when the app was built.</summary>
public sealed class FunctionDefinition
{
    private const string MetadataFile = "functions.metadata";

    private FunctionDefinition(JsonObject found, string folder)
    {
        Name = found["name"].Text();
        Bindings = [.. found["bindings"]!.AsArray().Select(binding => binding!.AsObject())];
        Metadata = new JsonObject
        {
            ["name"] = Name,
            ["functionId"] = Name,
            ["directory"] = folder,
            ["scriptFile"] = found["scriptFile"].Text(),
            ["entryPoint"] = found["entryPoint"].Text(),
            ["language"] = found["language"].Text(),
            ["rawBindings"] = new JsonArray([.. Bindings.Select(binding => JsonValue.Create(binding.ToJsonString()))]),
            ["bindings"] = new JsonObject(Bindings.Select(binding => Member(binding["name"].Text(), Info(binding)))),
        };
    }

    public string Name { get; }

    /// <summary>What the worker is told of it when it loads the function.</summary>
    public JsonObject Metadata { get; }

    public IReadOnlyList<JsonObject> Bindings { get; }

    public IReadOnlyList<JsonObject> Inputs => [.. Bindings.Where(binding => Is(binding, "in"))];

    public JsonObject Trigger => Bindings.Single(binding => binding["type"].Text().EndsWith("Trigger", StringComparison.Ordinal));

    /// <summary>The trigger's type, as in <c>timerTrigger</c>.</summary>
    public string Kind => Trigger["type"].Text();

    public bool HasResult => Kind is "orchestrationTrigger" or "activityTrigger" or "entityTrigger";

    /// <param name="folder">The app's output folder.</param>
    /// <param name="settings">Those with <c>AzureWebJobs.NAME.Disabled</c> are left out.</param>
    /// <exception cref="HostException">The folder holds no built app.</exception>
    public static IReadOnlyList<FunctionDefinition> ReadAll(string folder, IConfiguration settings)
    {
        var path = Path.Combine(folder, MetadataFile);
        if (!File.Exists(path))
            throw new HostException($"There is no {MetadataFile} in {folder}: build the app, and name the folder that it was built to.");
        return
        [
            .. JsonNode.Parse(File.ReadAllText(path))!.AsArray()
                .Select(found => new FunctionDefinition(found!.AsObject(), folder))
                .Where(function => !settings.GetValue($"AzureWebJobs.{function.Name}.Disabled", defaultValue: false)),
        ];
    }

    private static bool Is(JsonObject binding, string direction) =>
        binding["direction"].Text().Equals(direction, StringComparison.OrdinalIgnoreCase);

    private static JsonObject Info(JsonObject binding) => new()
    {
        ["type"] = binding["type"].Text(),
        ["direction"] = binding["direction"].Text().ToLowerInvariant(),
        ["properties"] = new JsonObject(
            (binding["properties"] as JsonObject ?? []).Select(property => Member(property.Key, property.Value?.ToString()))),
    };

    private static KeyValuePair<string, JsonNode?> Member(string name, JsonNode? value) => KeyValuePair.Create(name, value);
}

internal static class JsonNodeText
{
    /// <summary>A member that is a string; nothing for one that isn't there.</summary>
    public static string Text(this JsonNode? node) => (string?)node ?? "";
}
