using Microsoft.Azure.Functions.Worker;
using Usage.Storage.Runs;

namespace Usage.Functions.Erasing;

/// <summary>Looks whether runs are under way that may have read something of an account before it was gone.</summary>
public sealed class AwaitReaders(RunCensus census)
{
    /// <summary>A run's id tells the storage's time, and the account went by this machine's.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(10);

    /// <param name="Gone">When the account was.</param>
    public sealed record Input(DateTimeOffset Gone);

    /// <param name="Waits">There are: ask again.</param>
    public sealed record Output(bool Waits);

    [Function(nameof(AwaitReaders))]
    public async Task<Output> RunAsync([ActivityTrigger] Input input, CancellationToken cancellationToken) =>
        new(await census.IsAnyOpenAsync(input.Gone + Skew, cancellationToken));
}
