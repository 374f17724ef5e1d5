using Usage.Benchmarks.Imports;

namespace Usage.Benchmarks.Scale;

/// <summary>What one import asks for, counted; between two counted sizes, and beyond the last, along a line.</summary>
/// <param name="ProcessorSeconds">Of the app, host and worker together.</param>
/// <param name="KeptBytes">Of blobs, for as long as the run's details are kept.</param>
internal readonly record struct ImportCost(
    double Rows, double TableRequests, double BlobWrites, double BlobReads, double QueueRequests, double ProcessorSeconds,
    double KeptBytes)
{
    /// <param name="requests">As <see cref="RequestLog"/> counts them.</param>
    public static ImportCost Of(long rows, IReadOnlyDictionary<string, int> requests, Imported import, long keptBytes)
    {
        return new(
            rows, Sum("table "), Sum("blob PUT", "blob DELETE", "blob POST"), Sum("blob GET", "blob HEAD"), Sum("queue "),
            import.WorkerProcessor + import.HostProcessor, keptBytes);

        double Sum(params string[] kinds) =>
            requests.Where(one => kinds.Any(kind => one.Key.StartsWith(kind, StringComparison.Ordinal))).Sum(one => one.Value);
    }

    /// <param name="counted">By rows, two at least.</param>
    /// <param name="rows">Of the file.</param>
    public static ImportCost At(IReadOnlyList<ImportCost> counted, double rows)
    {
        var at = 1;
        while (at < counted.Count - 1 && counted[at].Rows < rows) at++;
        var (low, high) = (counted[at - 1], counted[at]);
        var share = (rows - low.Rows) / (high.Rows - low.Rows);
        return new(
            rows, On(one => one.TableRequests), On(one => one.BlobWrites), On(one => one.BlobReads), On(one => one.QueueRequests),
            On(one => one.ProcessorSeconds), On(one => one.KeptBytes));

        double On(Func<ImportCost, double> figure) => Math.Max(0, figure(low) + share * (figure(high) - figure(low)));
    }
}
