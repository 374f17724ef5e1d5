using System.Collections.Concurrent;
using System.Globalization;
using Usage.Core.Accounts;
using Usage.Core.Changes;
using Usage.Core.Files;
using Usage.Core.Files.Reading;
using Usage.Core.Ids;
using Usage.Storage.Runs;

namespace Usage.Storage.Children;

/// <summary>What a replay or fix mends: decided when it is asked for.</summary>
/// <param name="Root">The run whose file it reads; never a child itself.</param>
public sealed record ChildPlan(RunId Root)
{
    public Mends Mends { get; init; } = Mends.None;

    /// <summary>What got known of identifiers.</summary>
    public IReadOnlyList<Resolution> Resolutions { get; init; } = [];

    /// <summary>Null: no corrected file was sent.</summary>
    public Correction? Correction { get; init; }
}

/// <summary>A file in which rejected rows came back.</summary>
/// <param name="Run">That had rejected them: the root, or a replay or fix of it.</param>
/// <param name="Parts">Of how many parts its rows are kept; each has rows of any batches.</param>
public sealed record Correction(RunId Run, int Parts);

/// <summary>What a replay or fix finds when its turn has come.</summary>
/// <param name="Earlier">Replays and fixes of the same root that wrote and count, in the order of their turns.</param>
/// <param name="Whole">Neither the root nor one of them has recorded anything: all rows are taken.</param>
public sealed record ChildChain(IReadOnlyList<RunId> Earlier, bool Whole);

/// <summary>What is kept of a child beside its log.</summary>
public sealed class ChildFiles(RunBlobs blobs)
{
    internal const string Plan = RunBlobs.Changes + "child.json";
    private const string Chain = RunBlobs.Changes + "chain.json";
    private const string Touched = RunBlobs.Changes + "touched";

    private const string Corrected = RunBlobs.Changes + "corrected/";

    /// <summary>Batches whose corrected rows are kept in memory: several stretches of a batch are read one after the other.</summary>
    private const int MaxKept = 4;

    private readonly ConcurrentDictionary<(RunId, int), IReadOnlyList<CorrectedRow>> _corrected = new();

    public Task AddPlanAsync(RunId child, ChildPlan plan, CancellationToken cancellationToken) =>
        blobs.AddJsonAsync(child, Plan, plan, cancellationToken);

    /// <returns>Null: the run is no child, or its details are gone.</returns>
    public Task<ChildPlan?> FindPlanAsync(RunId child, CancellationToken cancellationToken) =>
        blobs.FindJsonAsync<ChildPlan>(child, Plan, cancellationToken);

    public Task<ChildPlan> PlanAsync(RunId child, CancellationToken cancellationToken) =>
        blobs.LoadJsonAsync<ChildPlan>(child, Plan, cancellationToken);

    /// <param name="part">From 0.</param>
    public Task SaveCorrectedAsync(
        RunId child, int batch, int part, IReadOnlyList<CorrectedRow> rows, CancellationToken cancellationToken) =>
        blobs.SaveJsonAsync(child, Name(batch, part), rows, cancellationToken);

    /// <summary>The rows of a batch that came back in the corrected file of a fix.</summary>
    public async Task<IReadOnlyList<CorrectedRow>> CorrectedAsync(
        RunId child, int batch, int parts, CancellationToken cancellationToken)
    {
        if (_corrected.TryGetValue((child, batch), out var kept)) return kept;
        var rows = new List<CorrectedRow>();
        for (var part = 0; part < parts; part++)
            rows.AddRange(
                await blobs.FindJsonAsync<IReadOnlyList<CorrectedRow>>(child, Name(batch, part), cancellationToken) ?? []);
        if (_corrected.Count >= MaxKept) _corrected.Clear();
        return _corrected.GetOrAdd((child, batch), rows);
    }

    /// <summary>Takes rows out of what came back in a corrected file; the copy of that file goes with the first of them.</summary>
    internal async Task EraseCorrectedAsync(RunId child, Func<long, bool> isErased, CancellationToken cancellationToken)
    {
        foreach (var name in await blobs.ListAsync(child, Corrected, cancellationToken))
        {
            var rows = await blobs.LoadJsonAsync<IReadOnlyList<CorrectedRow>>(child, name, cancellationToken);
            if (!rows.Any(row => isErased(row.Row))) continue;
            // Before them: whoever comes after a crash finds that they are still there.
            foreach (var copy in new[] { RunBlobs.File, RunBlobs.Staged })
                await blobs.Blob(child, copy).DeleteIfExistsAsync(cancellationToken: cancellationToken);
            await blobs.SaveJsonAsync(child, name, rows.Where(row => !isErased(row.Row)).ToList(), cancellationToken);
        }

        _corrected.Clear();
    }

    public Task AddChainAsync(RunId child, ChildChain chain, CancellationToken cancellationToken) =>
        blobs.AddJsonAsync(child, Chain, chain, cancellationToken);

    public Task<ChildChain> ChainAsync(RunId child, CancellationToken cancellationToken) =>
        blobs.LoadJsonAsync<ChildChain>(child, Chain, cancellationToken);

    public Task SaveTouchedAsync(RunId child, TouchedAccounts touched, CancellationToken cancellationToken) =>
        blobs.SaveAsync(child, Touched, touched.Bytes, cancellationToken);

    /// <returns>Null: the child isn't decided yet, or its details are gone.</returns>
    public async Task<TouchedAccounts?> FindTouchedAsync(RunId child, CancellationToken cancellationToken) =>
        await blobs.FindBytesAsync(child, Touched, cancellationToken) is { } bytes ? TouchedAccounts.Read(bytes) : null;

    private static string Name(int batch, int part) => string.Create(CultureInfo.InvariantCulture, $"{Corrected}{batch}-{part}");
}
