namespace Usage.Host.Settings;

/// <summary>
/// The app's <c>host.json</c>, as the Functions host reads it: comments and trailing commas are allowed, and app settings win over it.
/// </summary>
internal sealed class HostJson
{
    private const string Name = "host.json";

    // Where the WebJobs SDK looks for settings of its extensions.
    private const string Section = "AzureWebJobs";

    // App settings with this prefix stand for members of the file, as in AzureFunctionsJobHost__extensions__http__routePrefix.
    private const string Override = "AzureFunctionsJobHost";

    private readonly IConfiguration _file;

    private HostJson(IConfiguration file) => _file = file;

    public IConfiguration Logging => _file.GetSection("logging");

    public string RoutePrefix => _file["extensions:http:routePrefix"] ?? "api";

    /// <summary>Of every answer that doesn't have them already.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> CustomHeaders =>
        [.. _file.GetSection("extensions:http:customHeaders").GetChildren().Select(one => KeyValuePair.Create(one.Key, one.Value))];

    /// <summary>
    /// How long a function may run; the Functions host's own default is without an end on plans that are no Consumption plan.
    /// </summary>
    public TimeSpan? FunctionTimeout => _file.GetValue<TimeSpan?>("functionTimeout") is { } found && found > TimeSpan.Zero ? found : null;

    public IEnumerable<KeyValuePair<string, string?>> ForWebJobs =>
        _file.AsEnumerable().Where(member => member.Value is not null)
            .Select(member => KeyValuePair.Create($"{Section}:{member.Key}", member.Value));

    /// <exception cref="HostException">It isn't there or can't be used.</exception>
    public static HostJson Read(string folder)
    {
        var path = Path.Combine(folder, Name);
        if (!File.Exists(path))
            throw new HostException($"There is no {Name} in {folder}: build the app, and name the folder that it was built to.");
        try
        {
            var environment = new ConfigurationBuilder().AddEnvironmentVariables().Build().GetSection(Override);
            var file = new ConfigurationBuilder().AddJsonFile(path).AddConfiguration(environment).Build();
            return file["version"] == "2.0"
                ? new(file) : throw new HostException($"{path}: \"version\" is \"{file["version"]}\", expected \"2.0\".");
        }
        catch (InvalidDataException broken)
        {
            throw new HostException($"{path} is no valid JSON: {broken.InnerException?.InnerException?.Message ?? broken.Message}");
        }
    }
}
