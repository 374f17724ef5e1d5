using Usage.Local.Machine;

namespace Usage.Local.Host;

/// <summary>What a local host is started with.</summary>
public sealed record HostStart
{
    /// <summary>Connection string of the storage account.</summary>
    public required string Storage { get; init; }

    /// <summary>On 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The host's name among those on one storage: the same again after a restart. Null takes the port.</summary>
    public string? Instance { get; init; }

    /// <summary>Output folder of the app.</summary>
    public string App { get; init; } = BuiltProject.Folder("Usage.Functions");

    /// <summary>App settings, beside those of this process's environment.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Hears what host and worker say, line by line, on two threads at once.</summary>
    public Action<string> Log { get; init; } = _ => { };
}
