namespace Usage.Benchmarks.Scale;

/// <summary>
/// Euros, without tax, as listed for West Europe and locally redundant storage when this was written. Prices change: what counts is how
/// the parts of a bill compare, and a price that is wrong by now is corrected here.
/// </summary>
internal static class Prices
{
    public const double TableRequests = 0.00034 / 10_000;

    public const double QueueRequests = 0.0037 / 10_000;

    public const double BlobWrites = 0.05 / 10_000;

    public const double BlobReads = 0.004 / 10_000;

    public const double TableGigabyteMonth = 0.042;

    public const double BlobGigabyteMonth = 0.018;

    public const double GigabyteSecond = 0.000024;

    /// <summary>Of an instance, in GB, as <c>infra/main.bicep</c> orders it.</summary>
    public const double InstanceGigabytes = 2;
}
