using System.Text.Json;

namespace Microsoft.Azure.Functions.Worker.Local.Settings;

/// <summary>A JSON file that people write: comments, trailing commas and a byte order mark are welcome.</summary>
internal static class JsonFile
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <exception cref="StartupException">It isn't JSON, or no object; names file and line.</exception>
    public static JsonElement ReadObject(string path)
    {
        try
        {
            var text = File.ReadAllText(path);
            using var document = JsonDocument.Parse(text, Lenient);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.Clone()
                : throw new StartupException($"{path}: found {Kind(document.RootElement)}, expected a JSON object.");
        }
        catch (JsonException e)
        {
            throw new StartupException($"{path}, line {e.LineNumber + 1}: not valid JSON: {Reason(e)}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"{path} can't be read: {e.Message}");
        }
    }

    /// <summary>What a value is, for a message.</summary>
    public static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.Null => "null",
        _ => value.GetRawText(),
    };

    private static string Reason(JsonException e)
    {
        var end = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (end < 0 ? e.Message : e.Message[..end]).TrimEnd();
    }
}
