using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Usage.Core.Accounts;
using Usage.Core.Ids;

namespace Usage.Functions.Mending;

/// <summary>Starts the replay of one run for one resolution.</summary>
public sealed class StartReplay(Replays replays)
{
    public sealed record Input(RunId Parent, Resolution Resolution);

    public sealed record Output(RunId Replay);

    [Function(nameof(StartReplay))]
    public async Task<Output> RunAsync(
        [ActivityTrigger] Input input, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        new(await replays.StartAsync(client, input.Parent, input.Resolution, input.Resolution.Author, cancellationToken));
}
