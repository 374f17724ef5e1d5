using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Usage.Core.Outbound;

namespace Usage.Functions.Pulls.Downloads;

/// <summary>How files are pulled; the app settings <c>Usage__Pulls__…</c>.</summary>
public sealed class PullOptions
{
    public const string Section = "Usage:Pulls";

    /// <summary>Redirects that one request follows.</summary>
    [Range(1, 50)]
    public int MaxRedirects { get; set; } = 5;

    /// <summary>Seconds without a single byte, after which a connection counts as broken.</summary>
    [Range(0.1, 3_600)]
    public double StallSeconds { get; set; } = 60;

    /// <summary>Seconds for one file as a whole, in one round; the app's functions may take ten minutes more.</summary>
    [Range(1, 7_200)]
    public double MaxSeconds { get; set; } = 7_200;

    /// <summary>Tries in a row of one round; doubling pauses lie between them.</summary>
    [Range(1, 20)]
    public int Tries { get; set; } = 5;

    /// <summary>Seconds before the second try.</summary>
    [Range(0, 60)]
    public double FirstPauseSeconds { get; set; } = 1;

    /// <summary>Minutes between the rounds of a pull that failed, each above 0, with commas between them.</summary>
    [RegularExpression(@"\s*\d{1,6}(\.\d+)?\s*(,\s*\d{1,6}(\.\d+)?\s*)*",
        ErrorMessage = "Usage__Pulls__RoundMinutes: expected minutes such as 5,15,60.")]
    public string RoundMinutes { get; set; } = "5,15,60";

    /// <summary>
    /// Blobs that are read with the app's own identity, <c>account/container</c> or <c>account/container/prefix</c> with commas between
    /// them; never in the app's own account. Default none.
    /// </summary>
    public string? BlobSources { get; set; }

    /// <summary>How hosts of storage accounts end.</summary>
    [Required]
    public string BlobHostSuffix { get; set; } = ".blob.core.windows.net";

    // Methods: validation reads every property, before it is known that there is a value.
    public TimeSpan GetMaxDuration() => TimeSpan.FromSeconds(MaxSeconds);

    public BlobSources GetBlobSources() => new(BlobSources, BlobHostSuffix);

    public IReadOnlyList<double> GetRounds() =>
        [.. RoundMinutes.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(minutes => double.Parse(minutes, CultureInfo.InvariantCulture))];
}
