using System.Collections.Concurrent;
using Azure;
using Usage.Core.Accounts;
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
    private const string Staged = RunBlobs.Staged;
    private const string Mapping = RunBlobs.Mapping;
    private const string Plan = RunBlobs.Plan;
    private const string Failure = "failure.json";
    private const string Totals = "totals.json";
    private const string Decided = "decision.json";
    private const string Basis = "basis.json";

    /// <summary>Runs whose mapping, plan and resolutions, which never change, are kept in memory.</summary>
    private const int MaxKept = 64;

    private readonly ConcurrentDictionary<RunId, ImportMapping> _mappings = new();
    private readonly ConcurrentDictionary<RunId, PlannedFile> _plans = new();
    private readonly ConcurrentDictionary<RunId, IReadOnlyList<Resolution>> _resolutions = new();

    public Task AddMappingAsync(RunId run, ImportMapping mapping, CancellationToken cancellationToken) =>
        blobs.AddJsonAsync(run, Mapping, mapping, cancellationToken);

    public Task<ImportMapping> MappingAsync(RunId run, CancellationToken cancellationToken) =>
        KeptAsync(_mappings, run, Mapping, cancellationToken);

    /// <returns>Null: the run is not admitted yet, or its details are gone.</returns>
    public async Task<ImportMapping?> FindMappingAsync(RunId run, CancellationToken cancellationToken)
    {
        try
        {
            return await MappingAsync(run, cancellationToken);
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    public Task AddPlanAsync(RunId run, PlannedFile plan, CancellationToken cancellationToken) =>
        blobs.AddJsonAsync(run, Plan, plan, cancellationToken);

    public async Task ReplacePlanAsync(RunId run, PlannedFile plan, CancellationToken cancellationToken)
    {
        await blobs.SaveJsonAsync(run, Plan, plan, cancellationToken);
        _plans.TryRemove(run, out _);
    }

    /// <returns>Null: the run's file could not be planned, or its details are gone.</returns>
    public async Task<PlannedFile?> FindPlanAsync(RunId run, CancellationToken cancellationToken) =>
        await blobs.ExistsAsync(run, Plan, cancellationToken) ? await PlanAsync(run, cancellationToken) : null;

    public Task<PlannedFile> PlanAsync(RunId run, CancellationToken cancellationToken) => KeptAsync(_plans, run, Plan, cancellationToken);

    public Task AddUndecidedAsync(RunId run, UndecidedFile file, CancellationToken cancellationToken) =>
        blobs.AddJsonAsync(run, RunBlobs.Undecided, file, cancellationToken);

    /// <returns>Null: the run's file was planned, or was refused for something else, or its details are gone.</returns>
    public Task<UndecidedFile?> FindUndecidedAsync(RunId run, CancellationToken cancellationToken) =>
        blobs.FindJsonAsync<UndecidedFile>(run, RunBlobs.Undecided, cancellationToken);

    /// <summary>What was said of identifiers when the run got its turn.</summary>
    public Task AddResolutionsAsync(RunId run, IReadOnlyList<Resolution> resolutions, CancellationToken cancellationToken) =>
        blobs.AddJsonAsync(run, RunBlobs.Resolutions, resolutions, cancellationToken);

    public Task<IReadOnlyList<Resolution>> ResolutionsAsync(RunId run, CancellationToken cancellationToken) =>
        KeptAsync(_resolutions, run, RunBlobs.Resolutions, cancellationToken);

    /// <summary>For the file as UTF-8 text, where it isn't that already.</summary>
    public Task<Stream> CreateStagedAsync(RunId run, CancellationToken cancellationToken) =>
        blobs.Blob(run, Staged).OpenWriteAsync(overwrite: true, cancellationToken: cancellationToken);

    public Task<Stream> OpenStagedAsync(RunId run, long offset, long length, CancellationToken cancellationToken) =>
        blobs.OpenRangeAsync(run, Staged, offset, length, cancellationToken);

    /// <summary>For what a batch finds that ends the whole run.</summary>
    public Task AddFailureAsync(RunId run, RunError error, CancellationToken cancellationToken) =>
        blobs.AddJsonAsync(run, Failure, error, cancellationToken);

    public Task<RunError?> FindFailureAsync(RunId run, CancellationToken cancellationToken) =>
        blobs.FindJsonAsync<RunError>(run, Failure, cancellationToken);

    public Task SaveTotalsAsync(RunId run, ReadTotals totals, CancellationToken cancellationToken) =>
        blobs.SaveJsonAsync(run, Totals, totals, cancellationToken);

    public Task<ReadTotals> TotalsAsync(RunId run, CancellationToken cancellationToken) =>
        blobs.LoadJsonAsync<ReadTotals>(run, Totals, cancellationToken);

    /// <returns>The decision that counts: this one, or the one that an earlier attempt made.</returns>
    public async Task<Decision> DecideAsync(RunId run, Decision decision, CancellationToken cancellationToken) =>
        await blobs.AddJsonAsync(run, Decided, decision, cancellationToken)
            ? decision : await blobs.LoadJsonAsync<Decision>(run, Decided, cancellationToken);

    public Task<Decision?> FindDecisionAsync(RunId run, CancellationToken cancellationToken) =>
        blobs.FindJsonAsync<Decision>(run, Decided, cancellationToken);

    public Task AddBasisAsync(RunId run, WriteBasis basis, CancellationToken cancellationToken) =>
        blobs.AddJsonAsync(run, Basis, basis, cancellationToken);

    /// <summary>What the run found when it had its turns.</summary>
    public Task<WriteBasis?> FindBasisAsync(RunId run, CancellationToken cancellationToken) =>
        blobs.FindJsonAsync<WriteBasis>(run, Basis, cancellationToken);

    public Task SaveResultAsync(RunId run, TestResult result, CancellationToken cancellationToken) =>
        blobs.SaveJsonAsync(run, RunBlobs.Result, result, cancellationToken);

    public Task<TestResult?> FindResultAsync(RunId run, CancellationToken cancellationToken) =>
        blobs.FindJsonAsync<TestResult>(run, RunBlobs.Result, cancellationToken);

    /// <summary>Deletes what is of no use once the run has ended.</summary>
    public Task CleanAsync(RunId run, CancellationToken cancellationToken) => blobs.CleanAsync(run, cancellationToken);

    private async Task<T> KeptAsync<T>(ConcurrentDictionary<RunId, T> kept, RunId run, string name, CancellationToken cancellationToken)
    {
        if (kept.TryGetValue(run, out var known)) return known;
        var loaded = await blobs.LoadJsonAsync<T>(run, name, cancellationToken);
        if (kept.Count >= MaxKept) kept.Clear();
        return kept.GetOrAdd(run, loaded);
    }
}
