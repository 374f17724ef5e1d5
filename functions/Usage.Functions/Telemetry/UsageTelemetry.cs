using System.Diagnostics.Metrics;
using System.Text.Json;

namespace Usage.Functions.Telemetry;

/// <summary>Names of what the app tells of itself, after OpenTelemetry's conventions.</summary>
public static class UsageTelemetry
{
    /// <summary>
    /// Of the source of spans and of the meter. The storage's meter is <see cref="Storage.Telemetry.StorageTelemetry.Name"/>.
    /// </summary>
    public const string Name = "Usage";

    public const string Run = "usage.run.id";
    public const string RunKind = "usage.run.kind";
    public const string RunStatus = "usage.run.status";
    public const string Integration = "usage.integration.id";
    public const string Product = "usage.product.id";
    public const string Outcome = "usage.row.outcome";
    public const string Stage = "usage.stage";

    /// <summary>Where histograms of seconds are cut: from a small file's stages to a large file's run.</summary>
    internal static InstrumentAdvice<double> Seconds { get; } =
        new() { HistogramBucketBoundaries = [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300, 1_000, 3_000] };

    /// <summary>As the API writes it.</summary>
    internal static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
