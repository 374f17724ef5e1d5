using Usage.Core.Ids;
using Usage.Storage.Runs;

namespace Usage.Storage.Changes;

/// <summary>The value that a removal takes away.</summary>
public sealed record RemovalPlan(AccountId Account, ProductId Product, DateOnly Date, DimensionId Dimension);

/// <summary>The plans of removals, kept beside their runs.</summary>
public sealed class RemovalPlans(RunBlobs blobs)
{
    internal const string Name = RunBlobs.Changes + "removal.json";

    public Task AddAsync(RunId removal, RemovalPlan plan, CancellationToken cancellationToken) =>
        blobs.AddJsonAsync(removal, Name, plan, cancellationToken);

    public async Task<RemovalPlan> GetAsync(RunId removal, CancellationToken cancellationToken) =>
        await blobs.FindJsonAsync<RemovalPlan>(removal, Name, cancellationToken)
        ?? throw new InvalidOperationException($"run {removal} has no plan; that is decided when it is asked for");
}
