namespace Usage.Core.Outbound;

/// <summary>The hosts that may be asked though their addresses are private, and over <c>http</c>: the setting <c>Usage__Pulls__AllowedHosts</c>.</summary>
public sealed class AllowedHosts(string? list)
{
    public const string Setting = "Usage__Pulls__AllowedHosts";

    private readonly HashSet<string> hosts = new(
        (list ?? "").Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Plain), StringComparer.OrdinalIgnoreCase);

    /// <param name="host">A name or an address, with or without the brackets of IPv6; ports don't count.</param>
    public bool Contains(string host) => hosts.Contains(Plain(host));

    private static string Plain(string host) => host.Trim('[', ']').TrimEnd('.');
}
