using Azure.Storage.Blobs.Specialized;
using Usage.Core.Runs;
using Usage.Core.Snapshots;
using Usage.Storage.Runs;

namespace Usage.Functions.Imports.Steps;

/// <summary>What a run's steps leave for each other.</summary>
public sealed class RunFiles(RunBlobs blobs)
{
    private const string Mapping = "mapping.json";
    private const string Planned = "plan.json";
    private const string Failure = "failure.json";
    private const string Totals = "totals.json";
    public const string Decided = "decision.json";

    public const string Staged = "staged";

    public static string Entries(int batch) => $"entries/{batch}";

    public static string Rejected(int batch) => $"rejected/{batch}";

    /// <summary>Once: a later word changes nothing.</summary>
    public Task AddMappingAsync(RunId run, ImportMapping mapping, CancellationToken cancel) => blobs.AddJsonAsync(run, Mapping, mapping, cancel);

    public Task<ImportMapping> MappingAsync(RunId run, CancellationToken cancel) => blobs.LoadJsonAsync<ImportMapping>(run, Mapping, cancel);

    public Task SaveAsync(RunId run, PlannedFile plan, CancellationToken cancel) => blobs.SaveJsonAsync(run, Planned, plan, cancel);

    public Task<PlannedFile> PlanAsync(RunId run, CancellationToken cancel) => blobs.LoadJsonAsync<PlannedFile>(run, Planned, cancel);

    /// <summary>What a batch found that ends the whole run; the first word counts.</summary>
    public Task AddFailureAsync(RunId run, RunError error, CancellationToken cancel) => blobs.AddJsonAsync(run, Failure, error, cancel);

    public async Task<RunError?> FailureAsync(RunId run, CancellationToken cancel) =>
        await blobs.ExistsAsync(run, Failure, cancel) ? await blobs.LoadJsonAsync<RunError>(run, Failure, cancel) : null;

    public Task SaveAsync(RunId run, BatchResult batch, CancellationToken cancel) => blobs.SaveJsonAsync(run, Batch(batch.Index), batch, cancel);

    public IEnumerable<BatchResult> Batches(RunId run, int count, CancellationToken cancel) =>
        blobs.LoadAll<BatchResult>(run, Enumerable.Range(0, count).Select(Batch), cancel);

    public Task SaveAsync(RunId run, BatchTotals totals, CancellationToken cancel) => blobs.SaveJsonAsync(run, Totals, totals, cancel);

    public Task<BatchTotals> TotalsAsync(RunId run, CancellationToken cancel) => blobs.LoadJsonAsync<BatchTotals>(run, Totals, cancel);

    public Task SaveAsync(RunId run, Decision decision, CancellationToken cancel) => blobs.SaveJsonAsync(run, Decided, decision, cancel);

    public Task<Decision> DecisionAsync(RunId run, CancellationToken cancel) => blobs.LoadJsonAsync<Decision>(run, Decided, cancel);

    public Task SaveAsync(RunId run, int partition, MergeMode mode, PartitionResult result, CancellationToken cancel) =>
        blobs.SaveJsonAsync(run, Merged(mode, partition), result, cancel);

    public IEnumerable<PartitionResult> Partitions(RunId run, MergeMode mode, int count, CancellationToken cancel) => mode == MergeMode.None
        ? []
        : blobs.LoadAll<PartitionResult>(run, Enumerable.Range(0, count).Select(partition => Merged(mode, partition)), cancel);

    /// <summary>A stream into one of the run's blobs, for what may be long; see <see cref="BlockUploadStream"/>.</summary>
    public BlockUploadStream Create(RunId run, string name) => new(blobs.Blob(run, name).GetParentBlobContainerClient().GetBlockBlobClient($"{run}/{name}"));

    private static string Batch(int batch) => $"batches/{batch}.json";

    private static string Merged(MergeMode mode, int partition) => $"merged/{mode}/{partition}.json";
}
