using System.Security.Cryptography;
using System.Text;
using Usage.Core.Integrations;
using Usage.Functions.Outbound;

namespace Usage.Functions.Pulls.Downloads;

/// <summary>
/// A source with its secrets in place, for the time of one attempt. It is never written anywhere; <see cref="ToString"/> is for messages.
/// </summary>
public sealed class PullTarget
{
    public required Uri Url { get; init; }

    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>Url and headers as they were configured, with references to secrets.</summary>
    public required IReadOnlyList<string> Configured { get; init; }

    /// <summary>Of what is asked and how it is read, secrets not included: after an edit nothing is taken for unchanged.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The address without its query, which may hold a secret.</summary>
    public override string ToString() => Url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
}

public sealed class PullTargets(SecretSettings secrets)
{
    /// <exception cref="OutboundException">A secret is missing, or may not go there.</exception>
    public PullTarget Of(Integration integration, PullSource source)
    {
        var url = secrets.FillAddress(source.Url, integration.Id);
        return new()
        {
            Url = url,
            Headers = source.Headers.ToDictionary(header => header.Key, header => secrets.Fill(header.Value, url, integration.Id)),
            Configured = [source.Url, .. source.Headers.Values],
            Fingerprint = Fingerprint(integration, source),
        };
    }

    private static string Fingerprint(Integration integration, PullSource source)
    {
        var headers = source.Headers.OrderBy(header => header.Key, StringComparer.Ordinal)
            .Select(header => $"{header.Key}: {header.Value}");
        var asked = string.Join('\n', [$"{integration.Version}", source.Url, .. headers]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(asked)).AsSpan(0, 16));
    }
}
