using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Usage.Core.Runs;
using Usage.Storage.Imports;

namespace Usage.Functions.Imports;

/// <summary>Pins what the file means, writes its run, and puts it in line behind earlier files of its integration.</summary>
public sealed class AdmitFile(Admission admission)
{
    public sealed record Input(RunId Run, Drop Drop);

    [Function(nameof(AdmitFile))]
    public Task<Turns.Output> RunAsync([ActivityTrigger] Input input, [DurableClient] DurableTaskClient client, CancellationToken cancel) =>
        admission.AdmitAsync(client, input.Run, input.Drop, cancel);
}
