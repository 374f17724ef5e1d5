using Usage.Core.Accounts;
using Usage.Core.Children;
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
}

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

    public Task AddPlanAsync(RunId child, ChildPlan plan, CancellationToken cancellationToken) =>
        blobs.AddJsonAsync(child, Plan, plan, cancellationToken);

    /// <returns>Null: the run is no child, or its details are gone.</returns>
    public Task<ChildPlan?> FindPlanAsync(RunId child, CancellationToken cancellationToken) =>
        blobs.FindJsonAsync<ChildPlan>(child, Plan, cancellationToken);

    public Task<ChildPlan> PlanAsync(RunId child, CancellationToken cancellationToken) =>
        blobs.LoadJsonAsync<ChildPlan>(child, Plan, cancellationToken);

    public Task AddChainAsync(RunId child, ChildChain chain, CancellationToken cancellationToken) =>
        blobs.AddJsonAsync(child, Chain, chain, cancellationToken);

    public Task<ChildChain> ChainAsync(RunId child, CancellationToken cancellationToken) =>
        blobs.LoadJsonAsync<ChildChain>(child, Chain, cancellationToken);

    public Task SaveTouchedAsync(RunId child, TouchedAccounts touched, CancellationToken cancellationToken) =>
        blobs.SaveAsync(child, Touched, touched.Bytes, cancellationToken);

    /// <returns>Null: the child isn't decided yet, or its details are gone.</returns>
    public async Task<TouchedAccounts?> FindTouchedAsync(RunId child, CancellationToken cancellationToken) =>
        await blobs.FindBytesAsync(child, Touched, cancellationToken) is { } bytes ? TouchedAccounts.Read(bytes) : null;
}
