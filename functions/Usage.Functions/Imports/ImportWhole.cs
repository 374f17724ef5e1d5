using Microsoft.Azure.Functions.Worker;
using Usage.Core.Ids;
using Usage.Functions.Imports.Ending;
using Usage.Functions.Imports.Reading;
using Usage.Functions.Imports.Writing;
using Usage.Storage.Imports.Writing;

namespace Usage.Functions.Imports;

/// <summary>Imports a planned file of one batch in one go: it calls the activities that a large file goes through.</summary>
public sealed class ImportWhole(ReadBatch read, Decide decide, DecideDuplicate decideDuplicate, WriteSnapshots write, FinishRun finish)
{
    /// <param name="Batches">1, or 0 for a file with a header only.</param>
    public sealed record Input(RunId Run, int Batches);

    [Function(nameof(ImportWhole))]
    public async Task<FinishRun.Output> RunAsync([ActivityTrigger] Input input, CancellationToken cancellationToken)
    {
        if (input.Batches == 1) await read.RunAsync(new ReadBatch.Input(input.Run, 0), cancellationToken);
        var decision = await decide.RunAsync(new Decide.Input(input.Run, input.Batches), cancellationToken);
        if (decision.MayBeDuplicate)
        {
            await WriteAsync(input.Run, decision, cancellationToken);
            decision = await decideDuplicate.RunAsync(new DecideDuplicate.Input(input.Run), cancellationToken);
        }

        if (decision.Mode != WriteMode.None) await WriteAsync(input.Run, decision, cancellationToken);
        return await finish.RunAsync(new FinishRun.Input(input.Run), cancellationToken);
    }

    private async Task WriteAsync(RunId run, Decide.Output decision, CancellationToken cancellationToken)
    {
        for (var partition = 0; partition < decision.Partitions; partition++)
            await write.RunAsync(new WriteSnapshots.Input(run, partition, decision.Mode), cancellationToken);
    }
}
