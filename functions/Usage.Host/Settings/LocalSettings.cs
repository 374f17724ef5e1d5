using System.Globalization;
using System.Text.Json;

namespace Usage.Host.Settings;

/// <summary>
/// The app's <c>local.settings.json</c>, where there is one, as <c>func</c> reads it: <c>Values</c> become environment variables of host
/// and worker, and a variable that is there already wins.
/// </summary>
internal sealed class LocalSettings
{
    public const int DefaultPort = 7071;
    private const string Name = "local.settings.json";
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private LocalSettings()
    {
    }

    public int Port { get; private init; } = DefaultPort;

    public IReadOnlyDictionary<string, string> Values { get; private init; } = new Dictionary<string, string>();

    /// <exception cref="HostException">The file is there and can't be used.</exception>
    public static LocalSettings Read(string folder)
    {
        var path = Path.Combine(folder, Name);
        if (!File.Exists(path)) return new LocalSettings();
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path), Lenient);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object) throw Broken($"found {Kind(root)}, expected an object");
            if (root.TryGetProperty("IsEncrypted", out var encrypted) && encrypted.ValueKind == JsonValueKind.True)
                throw Broken("it is encrypted; decrypt it with `func settings decrypt`");
            return new LocalSettings { Port = ReadPort(root), Values = ReadValues(root) };
        }
        catch (JsonException problem)
        {
            throw Broken($"line {problem.LineNumber + 1}, byte {problem.BytePositionInLine + 1} is no valid JSON");
        }
    }

    public void SetEnvironment()
    {
        foreach (var (name, value) in Values)
            if (Environment.GetEnvironmentVariable(name) is null) Environment.SetEnvironmentVariable(name, value);
    }

    private static int ReadPort(JsonElement root)
    {
        if (!root.TryGetProperty("Host", out var host) || host.ValueKind != JsonValueKind.Object
            || !host.TryGetProperty("LocalHttpPort", out var found))
            return DefaultPort;
        return int.TryParse(found.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= ushort.MaxValue
            ? port : throw Broken($"Host:LocalHttpPort: found \"{found}\", expected a port from 0 (any free one) to 65535");
    }

    private static Dictionary<string, string> ReadValues(JsonElement root)
    {
        if (!root.TryGetProperty(nameof(Values), out var values)) return [];
        if (values.ValueKind != JsonValueKind.Object) throw Broken($"\"Values\": found {Kind(values)}, expected an object");
        var nested = values.EnumerateObject().FirstOrDefault(value => value.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array);
        if (nested.Value.ValueKind != JsonValueKind.Undefined)
            throw Broken($"\"Values\" holds plain texts only, and \"{nested.Name}\" is none (write A__B for a nested setting)");
        // The words that explain the sample file are no settings.
        return values.EnumerateObject().Where(value => !value.Name.StartsWith('_'))
            .ToDictionary(value => value.Name, value => value.Value.ToString());
    }

    private static string Kind(JsonElement element) => $"a JSON {element.ValueKind.ToString().ToLowerInvariant()}";

    private static HostException Broken(string what) => new($"{Name}: {what}: mend it, or start again from local.settings.sample.json.");
}
