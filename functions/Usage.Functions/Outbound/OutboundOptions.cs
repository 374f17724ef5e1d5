using System.ComponentModel.DataAnnotations;

namespace Usage.Functions.Outbound;

/// <summary>Whom the app asks and how long it waits; the app settings <c>Usage__Pulls__…</c>, which notices share.</summary>
public sealed class OutboundOptions
{
    public const string Section = "Usage:Pulls";

    /// <summary>Hosts that needn't be public, with commas between them.</summary>
    public string? AllowedHosts { get; set; }

    /// <summary>Seconds until a connection is there, its TLS included.</summary>
    [Range(0.1, 600)]
    public double ConnectSeconds { get; set; } = 15;

    /// <summary>Seconds until an answer begins; some sources make the export only when it is asked for.</summary>
    [Range(0.1, 3_600)]
    public double ResponseSeconds { get; set; } = 120;
}
