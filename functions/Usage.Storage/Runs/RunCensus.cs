using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Usage.Core.Runs;

namespace Usage.Storage.Runs;

/// <summary>Questions about all runs at once, for upkeep.</summary>
public sealed class RunCensus(UsageTables tables)
{
    /// <summary>Ids of the imports whose files arrived from the day of one time to that of another.</summary>
    public async Task<IReadOnlySet<RunId>> ArrivedAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        var ids = new HashSet<RunId>();
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey ge {RunKey.Day(to)} and PartitionKey le {RunKey.Day(from)} and kind eq {RunEntity.Word(RunKind.Import)}");
        await foreach (var entity in tables.Runs.QueryAsync<TableEntity>(filter, select: ["id"], cancellationToken: cancel))
            ids.Add(new RunId(entity.GetString("id")));
        return ids;
    }

    /// <summary>Runs that haven't ended and whose record, progress included, was last written before that time.</summary>
    public async IAsyncEnumerable<UnchangedRun> UnchangedSinceAsync(DateTimeOffset before, [EnumeratorCancellation] CancellationToken cancel)
    {
        var filter = TableClient.CreateQueryFilter(
            $"status eq {RunEntity.Word(RunStatus.Queued)} or status eq {RunEntity.Word(RunStatus.Running)}");
        await foreach (var entity in tables.Runs.QueryAsync<TableEntity>(filter, select: ["id", "Timestamp"], cancellationToken: cancel))
            if (entity.Timestamp is { } changedAt && changedAt < before) yield return new UnchangedRun(new RunId(entity.GetString("id")), changedAt);
    }
}

/// <param name="ChangedAt">When its record was last written.</param>
public sealed record UnchangedRun(RunId Id, DateTimeOffset ChangedAt);
