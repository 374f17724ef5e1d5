using System.Globalization;
using Azure.Data.Tables;
using Usage.Core.Changes;
using Usage.Core.Ids;

namespace Usage.Storage.Changes;

/// <summary>
/// Which writes of a run count as undone. Partition: the run; row: the run that undid it, and where that is a child of it, behind a
/// <c>|</c>, the value's address: a child takes back values one by one; properties: the scope (<c>account</c>, <c>product</c>, <c>date</c>,
/// <c>dimension</c>, each only where it is narrowed). An undo that was undone itself doesn't count, and so on.
/// </summary>
public sealed class UndoStore(UsageTables tables)
{
    public Task AddAsync(RunId run, RunId undo, ChangeScope scope, CancellationToken cancellationToken) =>
        AddAsync(new TableEntity(run.Value, undo.Value), scope, cancellationToken);

    /// <summary>One value of a run is taken back by a child of it.</summary>
    public Task AddValueAsync(RunId run, RunId child, ChangeScope value, CancellationToken cancellationToken) => AddAsync(
        new TableEntity(run.Value, $"{child}|{value.Account}|{value.Product}|{value.Date:yyyy-MM-dd}|{value.Dimension}"), value,
        cancellationToken);

    private Task<Azure.Response> AddAsync(TableEntity entity, ChangeScope scope, CancellationToken cancellationToken)
    {
        if (scope.Account is { } account) entity["account"] = account.Value;
        if (scope.Product is { } product) entity["product"] = product.Value;
        if (scope.Date is { } date) entity["date"] = date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (scope.Dimension is { } dimension) entity["dimension"] = dimension.Value;
        return tables.Undos.UpsertEntityAsync(entity, TableUpdateMode.Replace, cancellationToken);
    }

    /// <summary>All that was undone of a run, and of its undos.</summary>
    public async Task<Undone> OfAsync(RunId run, CancellationToken cancellationToken)
    {
        var (undos, itself) = (new List<Undone.By>(), new Dictionary<RunId, Undone>());
        await foreach (var entity in tables.Undos.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {run.Value}"), cancellationToken: cancellationToken))
        {
            var undo = new RunId(entity.RowKey.Split('|')[0]);
            if (!itself.TryGetValue(undo, out var undone)) itself.Add(undo, undone = await OfAsync(undo, cancellationToken));
            undos.Add(new Undone.By(undo, Scope(entity), undone));
        }

        return new Undone(undos);
    }

    /// <summary>Forgets what was undone of one account alone.</summary>
    /// <param name="isMeant">By the run that undid it.</param>
    public async Task RemoveAsync(AccountId account, Func<RunId, bool> isMeant, CancellationToken cancellationToken)
    {
        await foreach (var entity in tables.Undos.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"account eq {account.Value}"), null, ["PartitionKey", "RowKey"], cancellationToken))
            if (isMeant(new RunId(entity.RowKey.Split('|')[0])))
                await tables.Undos.DeleteEntityAsync(entity.PartitionKey, entity.RowKey, cancellationToken: cancellationToken);
    }

    private static ChangeScope Scope(TableEntity entity) => new(
        entity.GetString("account") is { } account ? new AccountId(account) : null,
        entity.GetString("product") is { } product ? new ProductId(product) : null,
        entity.GetString("date") is { } date ? DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null,
        entity.GetString("dimension") is { } dimension ? new DimensionId(dimension) : null);
}
