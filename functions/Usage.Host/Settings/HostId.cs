namespace Usage.Host.Settings;

/// <summary>The app's name in the host's own storage: the same for every host of the app, and after every start.</summary>
internal sealed record HostId(string Value)
{
    /// <summary>Where hosts keep what they need to know.</summary>
    public const string Container = "azure-webjobs-hosts";

    private const int MaxLength = 32;

    /// <param name="app">The app's name, which is taken unless the setting that the Functions host has for it says otherwise.</param>
    public static HostId Of(string app, IConfiguration settings)
    {
        var characters = (settings["AzureFunctionsWebHost:hostid"] ?? app).ToLowerInvariant()
            .Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-').Take(MaxLength);
        return new(string.Join('-', string.Concat(characters).Split('-', StringSplitOptions.RemoveEmptyEntries)));
    }

    public override string ToString() => Value;
}
