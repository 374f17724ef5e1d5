using Azure.Core;

namespace Azure.Data.Tables;

/// <summary>How requests are sent. Retries, transport and diagnostics are those of <see cref="ClientOptions"/>:
/// by default three retries after 0.8 s and more, for time-outs, throttling, failures of the service and of the connection.</summary>
public class TableClientOptions : ClientOptions
{
    public TableClientOptions(ServiceVersion serviceVersion = ServiceVersion.V2020_12_06)
    {
        VersionHeader = serviceVersion switch
        {
            ServiceVersion.V2019_02_02 => "2019-02-02",
            ServiceVersion.V2020_12_06 => "2020-12-06",
            _ => throw new NotSupportedException($"There is no service version {serviceVersion}."),
        };
        foreach (var header in new[] { "x-ms-date", "x-ms-version", "DataServiceVersion", "Prefer", "x-ms-error-code" })
            Diagnostics.LoggedHeaderNames.Add(header);
        foreach (var parameter in new[] { "$format", "$filter", "$top", "$select" })
            Diagnostics.LoggedQueryParameters.Add(parameter);
    }

    public enum ServiceVersion
    {
        V2019_02_02 = 1,
        V2020_12_06 = 2,
    }

    /// <summary>The audience of tokens; by default the public cloud's.</summary>
    public TableAudience? Audience { get; set; }

    internal string VersionHeader { get; }
}
