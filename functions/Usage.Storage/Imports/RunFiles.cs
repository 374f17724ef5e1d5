using System.Collections.Concurrent;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Issues;
using Usage.Storage.Imports.Reading;
using Usage.Storage.Imports.Writing;
using Usage.Storage.Runs;

namespace Usage.Storage.Imports;

/// <summary>
/// What a run's activities leave for each other. Some of it is added: the first attempt's counts, and a later one changes nothing, so that
/// all activities that follow agree. The rest is saved: there all attempts have the same result.
/// </summary>
public sealed class RunFiles(RunBlobs blobs)
{
    private const string Staged = "staged";
    private const string Mapping = "mapping.json";
    private const string Plan = "plan.json";
    private const string Failure = "failure.json";
    private const string Totals = "totals.json";
    private const string Decided = "decision.json";

    /// <summary>Runs whose mapping and plan, which never change, are kept in memory.</summary>
    private const int MaxKept = 16;

    private readonly ConcurrentDictionary<RunId, ImportMapping> _mappings = new();
    private readonly ConcurrentDictionary<RunId, PlannedFile> _plans = new();

    public Task AddMappingAsync(RunId run, ImportMapping mapping, CancellationToken cancel) =>
        blobs.AddJsonAsync(run, Mapping, mapping, cancel);

    public Task<ImportMapping> MappingAsync(RunId run, CancellationToken cancel) => KeptAsync(_mappings, run, Mapping, cancel);

    public Task AddPlanAsync(RunId run, PlannedFile plan, CancellationToken cancel) => blobs.AddJsonAsync(run, Plan, plan, cancel);

    public Task<PlannedFile> PlanAsync(RunId run, CancellationToken cancel) => KeptAsync(_plans, run, Plan, cancel);

    /// <summary>For the file as UTF-8 text, where it isn't that already.</summary>
    public Task<Stream> CreateStagedAsync(RunId run, CancellationToken cancel) =>
        blobs.Blob(run, Staged).OpenWriteAsync(overwrite: true, cancellationToken: cancel);

    public Task<Stream> OpenStagedAsync(RunId run, long offset, long length, CancellationToken cancel) =>
        blobs.OpenRangeAsync(run, Staged, offset, length, cancel);

    /// <summary>For what a batch finds that ends the whole run.</summary>
    public Task AddFailureAsync(RunId run, RunError error, CancellationToken cancel) => blobs.AddJsonAsync(run, Failure, error, cancel);

    public Task<RunError?> FindFailureAsync(RunId run, CancellationToken cancel) => blobs.FindJsonAsync<RunError>(run, Failure, cancel);

    public Task SaveTotalsAsync(RunId run, ReadTotals totals, CancellationToken cancel) => blobs.SaveJsonAsync(run, Totals, totals, cancel);

    public Task<ReadTotals> TotalsAsync(RunId run, CancellationToken cancel) => blobs.LoadJsonAsync<ReadTotals>(run, Totals, cancel);

    /// <returns>The decision that counts: this one, or the one that an earlier attempt made.</returns>
    public async Task<Decision> DecideAsync(RunId run, Decision decision, CancellationToken cancel) =>
        await blobs.AddJsonAsync(run, Decided, decision, cancel) ? decision : await blobs.LoadJsonAsync<Decision>(run, Decided, cancel);

    public Task<Decision?> FindDecisionAsync(RunId run, CancellationToken cancel) => blobs.FindJsonAsync<Decision>(run, Decided, cancel);

    public Task SaveResultAsync(RunId run, TestResult result, CancellationToken cancel) =>
        blobs.SaveJsonAsync(run, RunBlobs.Result, result, cancel);

    public Task<TestResult?> FindResultAsync(RunId run, CancellationToken cancel) =>
        blobs.FindJsonAsync<TestResult>(run, RunBlobs.Result, cancel);

    /// <summary>Deletes what is of no use once the run has ended.</summary>
    public Task CleanAsync(RunId run, CancellationToken cancel) => blobs.CleanAsync(run, cancel);

    private async Task<T> KeptAsync<T>(ConcurrentDictionary<RunId, T> kept, RunId run, string name, CancellationToken cancel)
    {
        if (kept.TryGetValue(run, out var known)) return known;
        var loaded = await blobs.LoadJsonAsync<T>(run, name, cancel);
        if (kept.Count >= MaxKept) kept.Clear();
        return kept.GetOrAdd(run, loaded);
    }
}
