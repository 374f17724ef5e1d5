using System.Collections.Concurrent;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Runs;
using Usage.Functions.Http.Errors;
using Usage.Storage.Runs;

namespace Usage.Functions.Runs;

/// <summary>
/// What imports that are queued or at work stand in the way of: what they have pinned stays as it is until they have ended. Test runs write
/// nothing, and hold up nobody.
/// </summary>
public sealed class RunUse(QueuedRuns queue, RunStore runs, PinnedMappings mappings)
{
    private const int AtOnce = 8;

    /// <param name="path">Of the errors.</param>
    public Task<IReadOnlyList<ApiError>> OfIntegrationAsync(IntegrationId integration, string path, CancellationToken cancellationToken) =>
        FindAsync(
            integration, (_, _) => Task.FromResult(true), path, $"reads its file by integration \"{integration}\"", cancellationToken);

    /// <inheritdoc cref="OfIntegrationAsync"/>
    public Task<IReadOnlyList<ApiError>> OfProductAsync(ProductId product, string path, CancellationToken cancellationToken) =>
        FindPinnedAsync(mapped => mapped.Id == product, path, $"writes product \"{product}\"", cancellationToken);

    /// <inheritdoc cref="OfIntegrationAsync"/>
    public Task<IReadOnlyList<ApiError>> OfDimensionAsync(
        ProductId product, DimensionId dimension, string path, CancellationToken cancellationToken) => FindPinnedAsync(
            mapped => mapped.Id == product && mapped.Dimensions.Any(fed => fed.Id == dimension), path,
            $"writes dimension \"{dimension}\" of product \"{product}\"", cancellationToken);

    /// <summary>Of any account: a run at work may have found rows of it.</summary>
    /// <inheritdoc cref="OfIntegrationAsync"/>
    public Task<IReadOnlyList<ApiError>> OfAccountsAsync(string path, CancellationToken cancellationToken) => FindAsync(
        null, (stored, _) => Task.FromResult(stored?.Run.Status == RunStatus.Running), path, "may be writing values of the account",
        cancellationToken);

    private Task<IReadOnlyList<ApiError>> FindPinnedAsync(
        Func<MappedProduct, bool> uses, string path, string does, CancellationToken cancellationToken) => FindAsync(
            null,
            async (stored, cancellationToken) => stored is not null
                && await mappings.FindAsync(stored.Run, cancellationToken) is { } mapping && mapping.Products.Any(uses),
            path, does, cancellationToken);

    /// <param name="uses">Asked of the runs that haven't ended; null: it isn't on record yet.</param>
    private async Task<IReadOnlyList<ApiError>> FindAsync(
        IntegrationId? integration, Func<StoredRun?, CancellationToken, Task<bool>> uses, string path, string does,
        CancellationToken cancellationToken)
    {
        var found = new ConcurrentBag<QueuedRun>();
        await Parallel.ForEachAsync(
            await queue.ListAsync(integration, cancellationToken),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (queued, cancellationToken) =>
            {
                // One that stands in the way is enough.
                if (!found.IsEmpty) return;
                var stored = await runs.FindAsync(queued.Run, cancellationToken);
                if (stored?.Run.HasEnded() != true && await uses(stored, cancellationToken)) found.Add(queued);
            });
        return
        [
            .. found.Take(1).Select(queued => new ApiError(
                ApiErrorCode.InUse, path,
                $"run {queued.Run} of integration \"{queued.Drop.Folder}\" {does}; wait until it has ended, or cancel it first")),
        ];
    }
}
