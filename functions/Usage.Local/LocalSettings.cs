using System.Text.Json;

namespace Usage.Local;

/// <summary>Looks at <c>local.settings.json</c> before anything is started, so that a slip in it is one sentence and not a failed start.</summary>
public static class LocalSettings
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <exception cref="LocalException">The file is there and broken.</exception>
    public static void Check(string folder)
    {
        var path = Path.Combine(folder, "local.settings.json");
        if (!File.Exists(path)) return;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path), Lenient);
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw Broken($"found a JSON {document.RootElement.ValueKind}, expected an object");
            if (!document.RootElement.TryGetProperty("Values", out var values)) return;
            if (values.ValueKind != JsonValueKind.Object) throw Broken("\"Values\" isn't an object");
            foreach (var value in values.EnumerateObject())
                if (value.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
                    throw Broken($"\"Values\" holds plain texts only, and \"{value.Name}\" is none (write A__B for a nested setting)");
        }
        catch (JsonException problem)
        {
            throw Broken($"line {problem.LineNumber + 1}, byte {problem.BytePositionInLine + 1} is no valid JSON");
        }
    }

    private static LocalException Broken(string what) => new($"local.settings.json: {what}: mend it, or start again from local.settings.sample.json.");
}
