using Azure;
using Azure.Data.Tables;
using Usage.Core.Ids;

namespace Usage.Storage.Accounts;

/// <summary>
/// Marks what has changed since the roster blob was written, so that one PUT needn't write the whole roster. A mark is made
/// before the account is written and settled after it: a change that was answered has a settled mark, and one that was cut
/// short between has a mark that counts once it is older than any request lives.
/// </summary>
internal sealed class AccountChanges(UsageTables tables, TimeProvider clock)
{
    private const string Partition = "changes";
    private const string Everything = "*";

    /// <summary>Longer than a request lives; HTTP answers end at 230 s.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(6);

    /// <param name="Key">Its row.</param>
    /// <param name="Account">Null: any number of accounts.</param>
    public readonly record struct Mark(string Key, AccountId? Account);

    /// <param name="account">Null: many.</param>
    public async Task<Mark> AddAsync(AccountId? account, CancellationToken cancellationToken)
    {
        var mark = new Mark(Guid.NewGuid().ToString("N"), account);
        await tables.AccountChanges.AddEntityAsync(Entity(mark, settled: false), cancellationToken);
        return mark;
    }

    public Task CompleteAsync(Mark mark, CancellationToken cancellationToken) =>
        tables.AccountChanges.UpsertEntityAsync(Entity(mark, settled: true), TableUpdateMode.Replace, cancellationToken);

    /// <summary>The marks that count, ordered by key.</summary>
    public async Task<IReadOnlyList<Mark>> ListAsync(CancellationToken cancellationToken)
    {
        var marks = new List<Mark>();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition}");
        await foreach (var entity in tables.AccountChanges.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            if (entity.GetBoolean("settled") != true && clock.GetUtcNow() - entity.Timestamp < Abandoned) continue;
            marks.Add(new Mark(entity.RowKey, entity.GetString("account") is var id && id == Everything ? null : new AccountId(id)));
        }

        return marks;
    }

    /// <summary>
    /// Takes the account's id out of marks that requests which were cut short have left: they stand for any number of accounts from now on,
    /// and go once they count.
    /// </summary>
    public async Task UnnameAsync(AccountId account, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and account eq {account.Value}");
        await foreach (var entity in tables.AccountChanges.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            entity["account"] = Everything;
            try
            {
                await tables.AccountChanges.UpdateEntityAsync(entity, entity.ETag, TableUpdateMode.Replace, cancellationToken);
            }
            // It was settled or taken away meanwhile; what is settled goes with the next writing of the roster.
            catch (RequestFailedException changed) when (changed.Status is 404 or 412)
            {
            }
        }
    }

    /// <summary>Once the roster blob holds what they stand for.</summary>
    public async Task RemoveAsync(IReadOnlyList<Mark> marks, CancellationToken cancellationToken) =>
        await Parallel.ForEachAsync(
            marks, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellationToken },
            async (mark, cancellationToken) =>
                await tables.AccountChanges.DeleteEntityAsync(Partition, mark.Key, ETag.All, cancellationToken));

    private static TableEntity Entity(Mark mark, bool settled) =>
        new(Partition, mark.Key) { ["account"] = mark.Account?.Value ?? Everything, ["settled"] = settled };
}
