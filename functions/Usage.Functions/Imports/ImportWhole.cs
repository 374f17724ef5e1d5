using Microsoft.Azure.Functions.Worker;
using Usage.Core.Ids;
using Usage.Functions.Imports.Ending;
using Usage.Functions.Imports.Reading;
using Usage.Functions.Imports.Writing;
using Usage.Storage.Imports.Writing;

namespace Usage.Functions.Imports;

/// <summary>Imports a planned file of one batch in one go: it calls the activities that a large file goes through.</summary>
public sealed class ImportWhole(
    ReadBatch read, Decide decide, DecideDuplicate decideDuplicate, BeginWriting begin, WriteSnapshots write, FinishRun finish)
{
    /// <param name="Batches">1, or 0 for a file with a header only.</param>
    /// <param name="Partitions">Above 0: the run was decided before, and has its turns now; so many are to be written.</param>
    public sealed record Input(RunId Run, int Batches, int Partitions = 0);

    /// <param name="Next">The run that may have the turn now.</param>
    /// <param name="Waits">Above 0: another run has a turn; so many partitions are to be written then.</param>
    /// <param name="LooksAgain">As <see cref="FinishRun"/> says it.</param>
    public sealed record Output(RunId? Next, int Waits = 0, bool LooksAgain = false);

    [Function(nameof(ImportWhole))]
    public async Task<Output> RunAsync([ActivityTrigger] Input input, CancellationToken cancellationToken)
    {
        if (input.Partitions > 0) await WriteAsync(input.Run, WriteMode.Write, input.Partitions, cancellationToken);
        else if (await WriteAtOnceAsync(input, cancellationToken) is > 0 and var waits) return new Output(null, waits);
        var done = await finish.RunAsync(new FinishRun.Input(input.Run), cancellationToken);
        return new Output(done.Next, LooksAgain: done.LooksAgain);
    }

    /// <returns>Above 0: the run has no turn yet, and so many partitions to write.</returns>
    private async Task<int> WriteAtOnceAsync(Input input, CancellationToken cancellationToken)
    {
        if (input.Batches == 1) await read.RunAsync(new ReadBatch.Input(input.Run, 0), cancellationToken);
        var decision = await decide.RunAsync(new Decide.Input(input.Run, input.Batches), cancellationToken);
        if (decision.MayBeDuplicate)
        {
            await WriteAsync(input.Run, decision.Mode, decision.Partitions, cancellationToken);
            decision = await decideDuplicate.RunAsync(new DecideDuplicate.Input(input.Run), cancellationToken);
        }

        if (decision.Mode == WriteMode.Write
            && (await begin.RunAsync(new BeginWriting.Input(input.Run), cancellationToken)).Waits) return decision.Partitions;
        if (decision.Mode != WriteMode.None) await WriteAsync(input.Run, decision.Mode, decision.Partitions, cancellationToken);
        return 0;
    }

    private async Task WriteAsync(RunId run, WriteMode mode, int partitions, CancellationToken cancellationToken)
    {
        for (var partition = 0; partition < partitions; partition++)
            await write.RunAsync(new WriteSnapshots.Input(run, partition, mode), cancellationToken);
    }
}
