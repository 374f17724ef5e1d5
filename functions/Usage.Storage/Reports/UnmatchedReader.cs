using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Usage.Core.Accounts;
using Usage.Core.Ids;

namespace Usage.Storage.Reports;

/// <param name="Position">To go on after it.</param>
/// <param name="Rows">Of the last run that met it.</param>
public sealed record UnmatchedKey(string Position, IntegrationId Integration, MatchBy By, string Key, long Rows, RunId LastRun);

/// <summary>Identifiers that found no account, or several, as imports left them; ordered by integration.</summary>
public sealed class UnmatchedReader(UsageTables tables)
{
    public async IAsyncEnumerable<UnmatchedKey> ReadAsync(
        IntegrationId? integration, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filters = new List<string>();
        if (integration is { } only) filters.Add(TableClient.CreateQueryFilter($"PartitionKey eq {only.Value}"));
        if (after?.Split('\n') is [var partition, var row])
            filters.Add(
                TableClient.CreateQueryFilter($"(PartitionKey gt {partition} or (PartitionKey eq {partition} and RowKey gt {row}))"));
        var filter = filters.Count == 0 ? null : string.Join(" and ", filters);
        await foreach (var entity in tables.Unmatched.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            yield return new UnmatchedKey(
                $"{entity.PartitionKey}\n{entity.RowKey}", new IntegrationId(entity.PartitionKey),
                Enum.Parse<MatchBy>(entity.GetString("by"), ignoreCase: true),
                entity.GetString("key"), entity.GetInt64("rows") ?? 0, new RunId(entity.GetString("lastRun")));
        }
    }
}
