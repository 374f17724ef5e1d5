using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Azure.Functions.Worker.Local.Settings;

/// <summary>What host.json and the environment say about the host.</summary>
internal sealed record HostSettings
{
    public required string ScriptRoot { get; init; }

    public required string DataFolder { get; init; }

    public required LocalAddress Address { get; init; }

    public required string RoutePrefix { get; init; }

    /// <summary>Blobs of one function processed at once.</summary>
    public required int BlobParallelism { get; init; }

    /// <summary>Tries of one blob before it is given up.</summary>
    public required int BlobTries { get; init; }

    public required string HubName { get; init; }

    public required int MaxActivities { get; init; }

    public required int MaxOrchestrators { get; init; }

    /// <summary><c>logging:logLevel</c> of host.json, as the logging framework wants it.</summary>
    public required IReadOnlyDictionary<string, string?> LogLevels { get; init; }

    /// <summary>Settings named AzureFunctionsJobHost__* win over host.json, as in the host.</summary>
    /// <exception cref="StartupException">host.json is missing, broken or has a value of the wrong kind.</exception>
    public static HostSettings Load(string scriptRoot, LocalAddress address)
    {
        var path = Path.Combine(scriptRoot, "host.json");
        if (!File.Exists(path))
            throw new StartupException($"There is no host.json in {scriptRoot}: start where the app was built to, or set AzureWebJobsScriptRoot.");
        JsonFile.ReadObject(path);
        var host = new ConfigurationBuilder()
            .AddJsonFile(path, optional: false, reloadOnChange: false)
            .AddEnvironmentVariables("AzureFunctionsJobHost__")
            .Build();
        if (host["version"] is not "2.0") throw new StartupException($"{path}: \"version\" is \"{host["version"]}\", expected \"2.0\".");
        return new HostSettings
        {
            ScriptRoot = scriptRoot,
            DataFolder = Environment.GetEnvironmentVariable("FUNCTIONS_LOCAL_DATA") is { Length: > 0 } data
                ? Path.GetFullPath(data) : Path.Combine(scriptRoot, ".usage"),
            Address = address,
            RoutePrefix = (host["extensions:http:routePrefix"] ?? "api").Trim('/'),
            BlobParallelism = Number(host, path, "extensions:blobs:maxDegreeOfParallelism", 8 * Environment.ProcessorCount),
            BlobTries = Number(host, path, "extensions:blobs:poisonBlobThreshold", 5),
            HubName = host["extensions:durableTask:hubName"] is { Length: > 0 } hub ? hub : "TaskHub",
            MaxActivities = Number(host, path, "extensions:durableTask:maxConcurrentActivityFunctions", 10 * Environment.ProcessorCount),
            MaxOrchestrators = Number(host, path, "extensions:durableTask:maxConcurrentOrchestratorFunctions", 10 * Environment.ProcessorCount),
            LogLevels = Levels(host.GetSection("logging:logLevel")),
        };
    }

    private static Dictionary<string, string?> Levels(IConfigurationSection section)
    {
        // The host itself says where it listens, once everything runs.
        var levels = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Warning" };
        foreach (var level in section.GetChildren()) levels["Logging:LogLevel:" + level.Key] = level.Value;
        return levels;
    }

    private static int Number(IConfiguration host, string path, string key, int byDefault) =>
        host[key] is not { } text ? byDefault
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
        : throw new StartupException($"{path}: \"{key.Replace(':', '.')}\" is \"{text}\", expected a whole number above 0.");
}
