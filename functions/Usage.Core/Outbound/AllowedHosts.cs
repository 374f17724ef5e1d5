namespace Usage.Core.Outbound;

/// <summary>
/// Hosts that may be requested although their addresses are private, and over <c>http</c>: the app setting
/// <c>Usage__Pulls__AllowedHosts</c>.
/// </summary>
public sealed class AllowedHosts(string? list)
{
    public const string Setting = "Usage__Pulls__AllowedHosts";

    private readonly HashSet<string> _hosts =
        (list ?? "").Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(Plain).ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <param name="host">A name or an address, with or without the brackets of IPv6; ports don't count.</param>
    public bool Contains(string host) => _hosts.Contains(Plain(host));

    private static string Plain(string host) => host.Trim('[', ']').TrimEnd('.');
}
