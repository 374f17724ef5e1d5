using System.Text.Json;

namespace Microsoft.Azure.Functions.Worker.Local.Timers;

/// <summary>Remembers a timer's schedule on disk, one small file a function.</summary>
internal sealed class ScheduleMonitor(string dataFolder, string function)
{
    private readonly string path = Path.Combine(dataFolder, "timers", function + ".json");

    public sealed record Status(string Schedule, DateTimeOffset? Last, DateTimeOffset Next, DateTimeOffset LastUpdated);

    /// <returns>Null when nothing is remembered, or nothing readable: the schedule then starts anew.</returns>
    public Status? Read()
    {
        if (!File.Exists(path)) return null;
        try
        {
            return JsonSerializer.Deserialize<Status>(File.ReadAllBytes(path), JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public void Write(Status status)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path + ".new", JsonSerializer.SerializeToUtf8Bytes(status, JsonSerializerOptions.Web));
        File.Move(path + ".new", path, overwrite: true);
    }
}
