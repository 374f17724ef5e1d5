using System.Globalization;
using Microsoft.Extensions.Configuration;
using Usage.Functions.Settings;

namespace Usage.Functions.Exports;

/// <summary>How files are pulled and notices sent; the section <c>Usage:Pulls</c>.</summary>
public sealed record ExportOptions
{
    /// <summary>Redirects that one request follows.</summary>
    public int MaxRedirects { get; init; } = 5;

    /// <summary>Until a connection is there, its TLS included.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Until an answer begins; some sources make the export only when it is asked for.</summary>
    public TimeSpan ResponseTimeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Without a single byte.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>For one file as a whole, in one round.</summary>
    public TimeSpan MaxDuration { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Tries in a row of one round; doubling pauses lie between them.</summary>
    public int Tries { get; init; } = 5;

    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Pauses between the rounds of a pull that failed, in minutes.</summary>
    public IReadOnlyList<double> RoundMinutes { get; init; } = [5, 15, 60];

    /// <summary>Bytes of a file as it comes; <c>Usage__Limits__MaxFileBytes</c>.</summary>
    public long MaxFileBytes { get; init; } = 1L << 30;

    /// <summary>Blobs on such hosts are read with the app's own identity.</summary>
    public string BlobHostSuffix { get; init; } = ".blob.core.windows.net";

    /// <summary>In which schedules are meant; <c>Usage__TimeZone</c>.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <exception cref="InvalidOperationException">A setting is none; the message names it.</exception>
    public static ExportOptions From(IConfiguration settings, UsageOptions usage)
    {
        var standard = new ExportOptions();
        return standard with
        {
            MaxRedirects = (int)Number(settings, "Usage:Pulls:MaxRedirects", standard.MaxRedirects),
            ConnectTimeout = Seconds(settings, "Usage:Pulls:ConnectSeconds", standard.ConnectTimeout),
            ResponseTimeout = Seconds(settings, "Usage:Pulls:ResponseSeconds", standard.ResponseTimeout),
            StallTimeout = Seconds(settings, "Usage:Pulls:StallSeconds", standard.StallTimeout),
            MaxDuration = Seconds(settings, "Usage:Pulls:MaxSeconds", standard.MaxDuration),
            RoundMinutes = settings["Usage:Pulls:RoundMinutes"] is { Length: > 0 } list ? Minutes(list) : standard.RoundMinutes,
            MaxFileBytes = usage.Limits.MaxFileBytes,
            BlobHostSuffix = settings["Usage:Pulls:BlobHostSuffix"] is { Length: > 0 } suffix ? suffix : standard.BlobHostSuffix,
            Zone = usage.GetZone(),
        };
    }

    private static TimeSpan Seconds(IConfiguration settings, string key, TimeSpan standard) =>
        TimeSpan.FromSeconds(Number(settings, key, standard.TotalSeconds));

    private static double Number(IConfiguration settings, string key, double standard) =>
        settings[key] is not { Length: > 0 } text ? standard : Number(key, text);

    private static IReadOnlyList<double> Minutes(string list) =>
        [.. list.Split(',', StringSplitOptions.TrimEntries).Select(text => Number("Usage:Pulls:RoundMinutes", text))];

    private static double Number(string key, string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 1e15
            ? number
            : throw new InvalidOperationException(
                $"The app setting {key.Replace(":", "__", StringComparison.Ordinal)} is \"{text}\", expected a number above 0.");
}
