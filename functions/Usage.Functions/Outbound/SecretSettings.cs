using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Usage.Core.Ids;
using Usage.Core.Outbound;

namespace Usage.Functions.Outbound;

/// <summary>
/// The app settings <c>Secrets__NAME</c>, each with where it may go: <c>…__Hosts</c> and <c>…__Integrations</c>. Values go into requests
/// and nowhere else: into no message, log or record.
/// </summary>
public sealed class SecretSettings(IConfiguration settings) : IValidateOptions<OutboundOptions>
{
    private const string Section = "Secrets";
    private const string Hosts = "Hosts";
    private const string Integrations = "Integrations";

    public SecretScope Scope(string name) => new(name, settings[$"{Key(name)}:{Hosts}"], settings[$"{Key(name)}:{Integrations}"]);

    /// <summary>Puts the secrets of a text in their places.</summary>
    /// <param name="text">With references to secrets.</param>
    /// <param name="to">Where the text is to be sent.</param>
    /// <param name="integration">Whose request it is.</param>
    /// <exception cref="OutboundException">A secret is missing, can't be sent or may not go there; the message names its
    /// setting.</exception>
    public string Fill(string text, Uri to, IntegrationId integration) =>
        SecretText.Fill(text, name => ForHeader(name, Value(name, to, integration)));

    /// <summary>The same for an address, which holds secrets in its query only.</summary>
    /// <exception cref="OutboundException">As above.</exception>
    public Uri FillAddress(string address, IntegrationId integration)
    {
        var to = new Uri(address);
        return new Uri(SecretText.Fill(address, name => Uri.EscapeDataString(Value(name, to, integration))));
    }

    /// <summary>A secret that a listed host was sent, and that came back in an address of another one.</summary>
    /// <param name="texts">What the secrets were sent in.</param>
    /// <param name="next">Where a redirect leads.</param>
    /// <returns>Its name, or null.</returns>
    public string? CarriedOn(IEnumerable<string> texts, Uri next)
    {
        var (once, twice) = (Uri.UnescapeDataString(next.OriginalString), Uri.UnescapeDataString(Uri.UnescapeDataString(next.AbsoluteUri)));
        return texts.SelectMany(SecretText.Names).FirstOrDefault(name => !Scope(name).Lists(next) && Find(name) is { } value
            && (next.OriginalString.Contains(value, StringComparison.Ordinal) || once.Contains(value, StringComparison.Ordinal)
                || twice.Contains(value, StringComparison.Ordinal)));
    }

    /// <summary>Called as the app starts. No value is shown.</summary>
    public ValidateOptionsResult Validate(string? name, OutboundOptions options)
    {
        List<string> problems = [];
        foreach (var (key, value) in settings.GetSection(Section).AsEnumerable(makePathsRelative: true))
        {
            if (key.Length == 0 || value is null) continue;
            var at = key.LastIndexOf(':');
            if (at > 0 && IsScope(key[(at + 1)..]))
                problems.AddRange(Scope(Name(key[..at])).Problems());
            else if (value.Any(char.IsControl))
                problems.Add(
                    $"{SecretText.Setting(Name(key))}: found a control character, such as a line break, expected one line of text.");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems.Distinct());
    }

    private string Value(string name, Uri to, IntegrationId integration)
    {
        if (Scope(name).Refusal(to, integration) is { } refusal) throw new OutboundException(refusal, Retry.Never);
        return Find(name) ?? throw new OutboundException(
            $"the app setting {SecretText.Setting(name)} is missing: set it to the secret that {SecretText.Mark}{name} stands for",
            Retry.Never);
    }

    private static string ForHeader(string name, string value)
    {
        if (value.Any(c => c is < ' ' or > '~'))
            throw new OutboundException(
                $"the app setting {SecretText.Setting(name)} holds a character that a header can't: expected one line of ASCII",
                Retry.Never);
        return value;
    }

    private string? Find(string name) => settings[Key(name)]?.Trim() is { Length: > 0 } value ? value : null;

    private static bool IsScope(string member) =>
        member.Equals(Hosts, StringComparison.OrdinalIgnoreCase) || member.Equals(Integrations, StringComparison.OrdinalIgnoreCase);

    private static string Key(string name) => $"{Section}:{name.Replace("__", ":", StringComparison.Ordinal)}";

    private static string Name(string key) => key.Replace(":", "__", StringComparison.Ordinal);
}
