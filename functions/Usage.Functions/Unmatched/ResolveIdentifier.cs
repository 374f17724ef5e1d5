using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Usage.Core.Accounts;
using Usage.Core.Ids;
using Usage.Functions.Http.Errors;
using Usage.Functions.Mending;

namespace Usage.Functions.Unmatched;

/// <summary>
/// Makes the account where there is to be a new one, writes down what the identifier is, then replays each run with rows that wait for it.
/// Whatever crashes in between, it goes on from there.
/// </summary>
public static class ResolveIdentifier
{
    private const int AtOnce = 100;

    /// <summary>6 tries with waits of 1, 2, 4, 8 and 16 s.</summary>
    private static readonly TaskOptions Retries =
        TaskOptions.FromRetryPolicy(new RetryPolicy(6, TimeSpan.FromSeconds(1), 2, TimeSpan.FromSeconds(30)));

    /// <param name="Create">Null: the account is there, or the identifier is ignored.</param>
    public sealed record Input(Resolution Resolution, Account? Create);

    /// <param name="Refusals">Why nothing was written: somebody else was faster.</param>
    public sealed record Output(IReadOnlyList<RunId> Replays, IReadOnlyList<ApiError> Refusals);

    [Function(nameof(ResolveIdentifier))]
    public static async Task<Output> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, Input input)
    {
        var written = await context.CallActivityAsync<WriteResolution.Output>(
            nameof(WriteResolution), new WriteResolution.Input(input.Resolution, input.Create), Retries);
        var replays = new List<RunId>();
        foreach (var runs in written.Runs.Chunk(AtOnce))
        {
            var started = await Task.WhenAll(runs.Select(run => context.CallActivityAsync<StartReplay.Output>(
                nameof(StartReplay), new StartReplay.Input(run, input.Resolution), Retries)));
            replays.AddRange(started.Select(one => one.Replay));
        }

        return new Output(replays, written.Refusals);
    }
}
