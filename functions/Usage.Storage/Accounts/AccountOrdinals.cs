using Azure;
using Azure.Data.Tables;

namespace Usage.Storage.Accounts;

/// <summary>Gives each account its place in the order of creation. A number that was given is never given again, used or not.</summary>
public sealed class AccountOrdinals(UsageTables tables)
{
    private const string Partition = "ordinals";
    private const string Row = "next";

    /// <returns>The first of the numbers.</returns>
    public async Task<int> TakeAsync(int count, CancellationToken cancellationToken)
    {
        while (true)
        {
            var found = await tables.Accounts.GetEntityIfExistsAsync<TableEntity>(Partition, Row, cancellationToken: cancellationToken);
            var first = found.HasValue ? found.Value!.GetInt32(Row)!.Value : 0;
            var next = new TableEntity(Partition, Row) { [Row] = checked(first + count) };
            try
            {
                if (found.HasValue)
                    await tables.Accounts.UpdateEntityAsync(next, found.Value!.ETag, TableUpdateMode.Replace, cancellationToken);
                else await tables.Accounts.AddEntityAsync(next, cancellationToken);
                return first;
            }
            catch (RequestFailedException lost) when (lost.Status is 409 or 412)
            {
                // Someone else took some in between.
                await Task.Delay(Random.Shared.Next(5, 25), cancellationToken);
            }
        }
    }
}
