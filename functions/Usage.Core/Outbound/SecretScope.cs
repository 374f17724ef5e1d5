using System.Text.RegularExpressions;
using Usage.Core.Ids;

namespace Usage.Core.Outbound;

/// <summary>
/// Where one secret may go: to the hosts of <c>Secrets__NAME__Hosts</c>, for the integrations of <c>Secrets__NAME__Integrations</c>.
/// Who writes an integration chooses its addresses, so without the first it goes nowhere; without the second it serves all.
/// </summary>
/// <param name="name">The secret's.</param>
/// <param name="hosts">Of the setting: hosts, or <c>*.host</c> for all below one; with commas between them.</param>
/// <param name="integrations">Of the setting: ids, with commas between them; none: all.</param>
public sealed partial class SecretScope(string name, string? hosts, string? integrations)
{
    private readonly string[] _hosts = Split(hosts);
    private readonly string[] _integrations = Split(integrations);

    /// <summary>Why the secret may not be sent, or null when it may.</summary>
    /// <param name="to">Only the host counts.</param>
    /// <param name="integration">Null: it has no id yet.</param>
    public string? Refusal(Uri to, IntegrationId? integration)
    {
        if (!Lists(to))
            return $"found {SecretText.Mark}{name} for the host {to.IdnHost}, expected a host that the app setting {HostsSetting} lists: "
                + "add it there if the secret may go to it";
        if (integration is { } id && _integrations.Length > 0 && !_integrations.Contains(id.Value, StringComparer.Ordinal))
            return $"found {SecretText.Mark}{name} in the integration {id}, expected one that the app setting {IntegrationsSetting} lists: "
                + "add it there if it may use the secret";
        return null;
    }

    public bool Lists(Uri to) => _hosts.Any(host => host.StartsWith("*.", StringComparison.Ordinal)
        ? to.IdnHost.TrimEnd('.').EndsWith(host[1..], StringComparison.OrdinalIgnoreCase)
        : to.IdnHost.TrimEnd('.').Equals(host, StringComparison.OrdinalIgnoreCase));

    /// <summary>What is wrong with the settings themselves, a sentence each.</summary>
    public IEnumerable<string> Problems() =>
    [
        .. _hosts.Where(host => !Host().IsMatch(host)).Select(host =>
            $"{HostsSetting}: found \"{CellText.Shown(host)}\", expected hosts such as files.example.com or *.example.com, with commas "
            + "between them."),
        .. _integrations.Where(id => !IntegrationId.TryParse(id, out _)).Select(id =>
            $"{IntegrationsSetting}: found \"{CellText.Shown(id)}\", expected ids of integrations with commas between them."),
    ];

    private string HostsSetting => $"{SecretText.Setting(name)}__Hosts";

    private string IntegrationsSetting => $"{SecretText.Setting(name)}__Integrations";

    private static string[] Split(string? list) =>
        list?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    // A name in ASCII (others in their xn-- form), or an address; IPv6 without brackets. A * alone would be everywhere.
    [GeneratedRegex(@"^(?:(?:\*\.)?[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)$")]
    private static partial Regex Host();
}
