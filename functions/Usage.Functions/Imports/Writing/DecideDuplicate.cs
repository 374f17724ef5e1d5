using Microsoft.Azure.Functions.Worker;
using Usage.Core.Ids;
using Usage.Storage.Imports;
using Usage.Storage.Imports.Writing;
using Usage.Storage.Runs;

namespace Usage.Functions.Imports.Writing;

/// <summary>
/// Decides again once the partitions are counted and the exact dates are known: if all of them were last written with this very content,
/// the file is a duplicate; else it is written after all.
/// </summary>
public sealed class DecideDuplicate(RunStore runs, RunFiles files, PartitionFiles partitions, ReceiptStore receipts)
{
    public sealed record Input(RunId Run);

    [Function(nameof(DecideDuplicate))]
    public async Task<Decide.Output> RunAsync([ActivityTrigger] Input input, CancellationToken cancellationToken)
    {
        var id = input.Run;
        var planned = await files.PlanAsync(id, cancellationToken);
        if ((await runs.GetAsync(id, cancellationToken)).CancelRequested)
            return Decide.Output.Of(await files.DecideAsync(id, Decision.Cancel, cancellationToken), planned);
        var integration = (await files.MappingAsync(id, cancellationToken)).Integration;
        var dates = partitions.List(id, WriteMode.Count, planned.Partitions, cancellationToken)
            .SelectMany(partition => partition.Tally.Dates).Select(date => (date.Product, date.Date)).ToHashSet();
        var content = new FileContent(planned.Plan.Sha256, integration.Version);
        var other = await receipts.DuplicateOfAsync(integration.Id, content, dates, cancellationToken);
        var decision = new Decision(null, other is null ? WriteMode.Write : WriteMode.Count) { DuplicateOf = other };
        return Decide.Output.Of(await files.DecideAsync(id, decision, cancellationToken), planned);
    }
}
