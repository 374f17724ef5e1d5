using System.Text.Json;

namespace Functions.Worker.Tests.App;

/// <summary>A folder to start the app in: its host.json, its settings, its data, and what it wrote down.</summary>
public sealed class AppFolder : IDisposable
{
    public const string HostJson = """
        {
          // What a team might keep here.
          "version": "2.0",
          "logging": { "logLevel": { "default": "Warning" } },
          "extensions": { "blobs": { "maxDegreeOfParallelism": 3 }, "durableTask": { "hubName": "TestHub" }, },
        }
        """;

    public AppFolder(string storage = "UseDevelopmentStorage=true")
    {
        Directory.CreateDirectory(Root);
        File.WriteAllText(Path.Combine(Root, "host.json"), HostJson);
        Settings["AzureWebJobsStorage"] = storage;
        WriteSettings();
    }

    public string Root { get; } = Path.Combine(Path.GetTempPath(), "worker-" + Guid.NewGuid().ToString("N"));

    /// <summary>Values of local.settings.json.</summary>
    public Dictionary<string, string> Settings { get; } = new()
    {
        ["Container"] = "imports",
        ["Every"] = "0 0 0 1 1 *",
        ["Nightly"] = "0 0 2 * * *",
        ["FUNCTIONS_LOCAL_BLOB_SCAN_MS"] = "100",
        ["AzureWebJobs.Off.Disabled"] = "true",
    };

    public string LocalSettings => Path.Combine(Root, "local.settings.json");

    public string Journal => Path.Combine(Root, "journal.txt");

    public string[] Lines => File.Exists(Journal) ? File.ReadAllLines(Journal) : [];

    public void WriteSettings()
    {
        Settings["Journal"] = Journal;
        File.WriteAllText(LocalSettings, JsonSerializer.Serialize(new { IsEncrypted = false, Values = Settings }));
    }

    public int Count(string start) => Lines.Count(l => l.StartsWith(start, StringComparison.Ordinal));

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
