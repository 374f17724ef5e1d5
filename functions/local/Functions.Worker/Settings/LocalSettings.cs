using System.Globalization;
using System.Text.Json;

namespace Microsoft.Azure.Functions.Worker.Local.Settings;

/// <summary>local.settings.json: its values become environment variables, unless they are set already.</summary>
internal static class LocalSettings
{
    private const string FileName = "local.settings.json";

    /// <returns>The port that <c>Host:LocalHttpPort</c> asks for, if it does.</returns>
    /// <exception cref="StartupException">The file is broken.</exception>
    public static int? Apply(string scriptRoot)
    {
        var path = Path.Combine(scriptRoot, FileName);
        if (!File.Exists(path)) return null;
        var file = JsonFile.ReadObject(path);
        if (Member(file, "IsEncrypted") is { ValueKind: JsonValueKind.True })
            throw new StartupException($"{path} is encrypted: decrypt it first (func settings decrypt).");
        foreach (var (name, value) in Section(file, path, "Values")) Set(name, value);
        foreach (var (name, value) in Section(file, path, "ConnectionStrings")) Set("ConnectionStrings__" + name, value);
        var host = Section(file, path, "Host").ToDictionary(v => v.Name, v => v.Value, StringComparer.OrdinalIgnoreCase);
        return host.TryGetValue("LocalHttpPort", out var port) ? LocalAddress.ParsePort(port, $"{path}, Host:LocalHttpPort") : null;
    }

    private static IEnumerable<(string Name, string Value)> Section(JsonElement file, string path, string name)
    {
        if (Member(file, name) is not { } section || section.ValueKind == JsonValueKind.Null) yield break;
        if (section.ValueKind != JsonValueKind.Object)
            throw new StartupException($"{path}: \"{name}\" is {JsonFile.Kind(section)}, expected an object of settings.");
        foreach (var member in section.EnumerateObject())
        {
            var text = member.Value.ValueKind switch
            {
                JsonValueKind.String => member.Value.GetString()!,
                JsonValueKind.Number => member.Value.GetRawText(),
                JsonValueKind.True or JsonValueKind.False => member.Value.GetBoolean().ToString(CultureInfo.InvariantCulture),
                JsonValueKind.Null => null,
                _ => throw new StartupException(
                    $"{path}: \"{name}\" has {JsonFile.Kind(member.Value)} under \"{member.Name}\", expected a string: write nested settings as \"A__B\"."),
            };
            if (text is not null) yield return (member.Name, text);
        }
    }

    private static JsonElement? Member(JsonElement file, string name)
    {
        foreach (var member in file.EnumerateObject())
            if (string.Equals(member.Name, name, StringComparison.OrdinalIgnoreCase)) return member.Value;
        return null;
    }

    private static void Set(string name, string value)
    {
        if (name.Length == 0 || name.Contains('=') || name.Contains('\0')) return;
        var other = name.Replace(":", "__", StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable(name) is null && Environment.GetEnvironmentVariable(other) is null)
            Environment.SetEnvironmentVariable(name, value);
    }
}
