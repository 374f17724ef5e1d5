using System.Globalization;
using Usage.Core.Ids;

namespace Usage.Functions.Pulls.Downloads;

/// <summary>The time of a pull to the second, in UTC: in the names of its blob and of its run.</summary>
public static class PullStamp
{
    public const string Format = "yyyyMMdd'T'HHmmss";

    public static string Of(DateTimeOffset at) => at.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>Of the blob that it makes, up to <c>.csv</c>; a packed one has <c>.csv.gz</c>.</summary>
    public static string Path(IntegrationId integration, string stamp) => $"{integration}/pulled/{stamp}.csv";

    /// <summary>Of the run that it is when it fails.</summary>
    public static RunId Run(IntegrationId integration, string stamp) => RunIdText.ForDrop(
        DateTimeOffset.ParseExact(stamp, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
        Path(integration, stamp), "pull");
}
