using System.Collections.Concurrent;
using System.Globalization;
using Azure.Storage.Blobs.Specialized;
using Usage.Core.Runs;
using Usage.Storage.Runs;

namespace Usage.Functions.Imports.Steps;

/// <summary>
/// What a run's steps leave for each other. Of what all later steps must agree on the first word counts, whatever an attempt that is
/// late says; of what the last step adds up, all attempts say the same.
/// </summary>
public sealed class RunFiles(RunBlobs blobs)
{
    public const string Staged = "staged";

    private const string Mapping = "mapping.json";
    private const string Planned = "plan.json";
    private const string Failure = "failure.json";
    private const string Totals = "totals.json";
    private const string Slices = "slices";
    private const string Decided = "decision.json";

    /// <summary>Runs whose mapping and plan, which never change, are kept in memory.</summary>
    private const int MaxKept = 16;

    private readonly ConcurrentDictionary<RunId, ImportMapping> _mappings = new();
    private readonly ConcurrentDictionary<RunId, PlannedFile> _plans = new();

    public static string Entries(int batch, uint stamp) => string.Create(CultureInfo.InvariantCulture, $"entries/{batch}-{stamp:x8}");

    public static string Rejected(int batch, uint stamp) => string.Create(CultureInfo.InvariantCulture, $"rejected/{batch}-{stamp:x8}");

    public Task AddMappingAsync(RunId run, ImportMapping mapping, CancellationToken cancel) => blobs.AddJsonAsync(run, Mapping, mapping, cancel);

    public Task<ImportMapping> MappingAsync(RunId run, CancellationToken cancel) => KeptAsync(_mappings, run, Mapping, cancel);

    public Task AddPlanAsync(RunId run, PlannedFile plan, CancellationToken cancel) => blobs.AddJsonAsync(run, Planned, plan, cancel);

    public Task<PlannedFile> PlanAsync(RunId run, CancellationToken cancel) => KeptAsync(_plans, run, Planned, cancel);

    /// <summary>What a batch found that ends the whole run.</summary>
    public Task AddFailureAsync(RunId run, RunError error, CancellationToken cancel) => blobs.AddJsonAsync(run, Failure, error, cancel);

    public async Task<RunError?> FailureAsync(RunId run, CancellationToken cancel) =>
        await blobs.ExistsAsync(run, Failure, cancel) ? await blobs.LoadJsonAsync<RunError>(run, Failure, cancel) : null;

    public Task AddAsync(RunId run, BatchRead batch, CancellationToken cancel) => blobs.AddJsonAsync(run, Batch(batch.Result.Index), batch, cancel);

    public IEnumerable<BatchRead> Batches(RunId run, int count, CancellationToken cancel) =>
        blobs.LoadAll<BatchRead>(run, Enumerable.Range(0, count).Select(Batch), cancel);

    public Task SaveAsync(RunId run, ReadTotals totals, CancellationToken cancel) => blobs.SaveJsonAsync(run, Totals, totals, cancel);

    public Task<ReadTotals> TotalsAsync(RunId run, CancellationToken cancel) => blobs.LoadJsonAsync<ReadTotals>(run, Totals, cancel);

    /// <param name="table">As <see cref="SliceTable"/> writes it.</param>
    public Task SaveSlicesAsync(RunId run, byte[] table, CancellationToken cancel) =>
        blobs.Blob(run, Slices).UploadAsync(BinaryData.FromBytes(table), overwrite: true, cancel);

    public async Task<IReadOnlyList<BatchSlice>> SlicesAsync(RunId run, int partition, int batches, CancellationToken cancel)
    {
        var (offset, length) = SliceTable.Stretch(partition, batches);
        await using var content = await blobs.OpenRangeAsync(run, Slices, offset, length, cancel);
        var stretch = new byte[length];
        await content.ReadExactlyAsync(stretch, cancel);
        return SliceTable.Read(stretch);
    }

    /// <returns>False when it had been decided before.</returns>
    public Task<bool> AddDecisionAsync(RunId run, Decision decision, CancellationToken cancel) => blobs.AddJsonAsync(run, Decided, decision, cancel);

    public async Task<Decision?> FindDecisionAsync(RunId run, CancellationToken cancel) =>
        await blobs.ExistsAsync(run, Decided, cancel) ? await blobs.LoadJsonAsync<Decision>(run, Decided, cancel) : null;

    /// <summary>Marks that a partition's first snapshot is about to be written.</summary>
    /// <returns>False when an earlier attempt had come so far.</returns>
    public Task<bool> BeginWritingAsync(RunId run, int partition, CancellationToken cancel) => blobs.AddJsonAsync(run, Writing(partition), partition, cancel);

    public Task<bool> HasBegunWritingAsync(RunId run, int partition, CancellationToken cancel) => blobs.ExistsAsync(run, Writing(partition), cancel);

    public Task SaveAsync(RunId run, int partition, MergeMode mode, PartitionResult result, CancellationToken cancel) =>
        blobs.SaveJsonAsync(run, Merged(mode, partition), result, cancel);

    public Task<bool> IsMergedAsync(RunId run, MergeMode mode, int partition, CancellationToken cancel) => blobs.ExistsAsync(run, Merged(mode, partition), cancel);

    public IEnumerable<PartitionResult> Partitions(RunId run, MergeMode mode, int count, CancellationToken cancel) => mode == MergeMode.None
        ? []
        : blobs.LoadAll<PartitionResult>(run, Enumerable.Range(0, count).Select(partition => Merged(mode, partition)), cancel);

    /// <summary>A stream into one of the run's blobs, for what may be long; see <see cref="BlockUploadStream"/>.</summary>
    public BlockUploadStream Create(RunId run, string name) => new(blobs.Blob(run, name).GetParentBlobContainerClient().GetBlockBlobClient($"{run}/{name}"));

    private static string Batch(int batch) => $"batches/{batch}.json";

    private static string Merged(MergeMode mode, int partition) => $"merged/{mode}/{partition}.json";

    private static string Writing(int partition) => $"writing/{partition}";

    private async Task<T> KeptAsync<T>(ConcurrentDictionary<RunId, T> kept, RunId run, string name, CancellationToken cancel)
    {
        if (kept.TryGetValue(run, out var known)) return known;
        var loaded = await blobs.LoadJsonAsync<T>(run, name, cancel);
        if (kept.Count >= MaxKept) kept.Clear();
        return kept.GetOrAdd(run, loaded);
    }
}
