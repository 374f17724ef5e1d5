using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Usage.Testing.Suggestions;

/// <summary>
/// The files of <c>tests/data/suggest</c> with what is to be proposed for each: exports of many systems, all of them invented.
/// </summary>
public static class SuggestFolder
{
    private const string Expected = ".expected.json";

    private static string Folder { get; } = Find();

    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.GetFiles(Folder, "*" + Expected).Select(path => Path.GetFileName(path)[..^Expected.Length])
            .Order(StringComparer.Ordinal)];

    public static SuggestCase Load(string name)
    {
        var expectation = Read(Path.Combine(Folder, name + Expected));
        var setup = Read(Path.Combine(Folder, "setup.json"));
        var path = Directory.GetFiles(Folder, name + ".*").Single(path => !path.EndsWith(Expected, StringComparison.Ordinal));
        return new SuggestCase
        {
            Name = (string?)expectation["name"] ?? Path.GetFileName(path),
            Content = File.ReadAllBytes(path),
            Products = Objects(expectation["products"] ?? setup["products"]!),
            Accounts = Objects(expectation["accounts"] ?? setup["accounts"]!),
            RowAccounts = expectation["rowAccounts"] is JsonArray rows ? [.. rows.Select(row => (string?)row)] : null,
            Expected = expectation["expected"]!.AsObject(),
        };
    }

    private static IReadOnlyList<JsonObject> Objects(JsonNode list) => [.. list.AsArray().Select(one => one!.AsObject())];

    private static JsonObject Read(string path) => JsonNode.Parse(File.ReadAllBytes(path))!.AsObject();

    private static string Find([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "data", "suggest"));
}

public sealed record SuggestCase
{
    /// <summary>As <c>?name=</c>.</summary>
    public required string Name { get; init; }

    public required byte[] Content { get; init; }

    /// <summary>Bodies as the API takes them, each with its <c>id</c> and its <c>dimensions</c>.</summary>
    public required IReadOnlyList<JsonObject> Products { get; init; }

    public required IReadOnlyList<JsonObject> Accounts { get; init; }

    /// <summary>The account that each row is of, by whoever made the file; null: none.</summary>
    public required IReadOnlyList<string?>? RowAccounts { get; init; }

    public required JsonObject Expected { get; init; }

    /// <summary>What a test run with the proposal must come to; null: it isn't compared.</summary>
    public JsonObject? TestRun => Expected["testRun"]?.AsObject();
}
