using Azure.Data.Tables;
using Usage.Core.Ids;
using Usage.Core.Uploads;
using Usage.Storage.Accounts;
using Usage.Storage.Documents;

namespace Usage.Storage.Uploads;

/// <summary>
/// The records of uploads, by whose they are. One is there from when its blocks are asked for, or once its body has come whole; what is
/// older than it is kept counts as gone, whether or not it was removed yet.
/// </summary>
public sealed class UploadStore(UsageTables tables, UploadFiles files, TimeProvider clock)
{
    private static readonly string[] Keys = [nameof(TableEntity.PartitionKey), nameof(TableEntity.RowKey)];

    private readonly DocumentTable<Upload> _documents = new(tables.Uploads);

    /// <param name="person">Whose it must be.</param>
    /// <param name="id">Of the upload.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Stored<Upload>?> FindAsync(string person, UploadId id, CancellationToken cancellationToken)
    {
        var found = await _documents.GetAsync(Partition(person), id.Value, cancellationToken);
        if (found is null || IsOver(found.Value)) return null;
        return found with { Value = await WithBlocksAsync(found.Value, cancellationToken) };
    }

    /// <summary>All of somebody's, those that began first first.</summary>
    public async Task<IReadOnlyList<Upload>> ListAsync(string person, CancellationToken cancellationToken)
    {
        var found = await _documents.ListAsync(Partition(person), cancellationToken)
            .Where(upload => !IsOver(upload)).ToListAsync(cancellationToken);
        return await Task.WhenAll(found.Select(upload => WithBlocksAsync(upload, cancellationToken)));
    }

    /// <summary>How many somebody has.</summary>
    public async Task<int> CountAsync(string person, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {Partition(person)} and RowKey ge {RunIdText.Stamp(clock.GetUtcNow() - Upload.KeptFor)}");
        return await tables.Uploads.QueryAsync<TableEntity>(filter, select: Keys, cancellationToken: cancellationToken)
            .CountAsync(cancellationToken);
    }

    /// <returns>What is stored now; null: someone else was faster.</returns>
    public async Task<Upload?> WriteAsync(string person, Upload upload, Stored<Upload>? before, CancellationToken cancellationToken)
    {
        // Its blocks the storage service knows.
        var written = await _documents.WriteAsync(
            Partition(person), upload.Id.Value, upload with { Blocks = [] }, before, cancellationToken);
        return written is null ? null : upload;
    }

    /// <returns>False: someone else was faster.</returns>
    public async Task<bool> TryDeleteAsync(string person, Stored<Upload> before, CancellationToken cancellationToken)
    {
        // Without its record it is nobody's any more, whatever becomes of the rest.
        if (!await _documents.TryDeleteAsync(Partition(person), before.Value.Id.Value, before, cancellationToken)) return false;
        await files.DeleteAsync(before.Value.Id, cancellationToken);
        return true;
    }

    /// <summary>Removes everybody's that are older than they are kept, with their files.</summary>
    /// <returns>How many.</returns>
    public async Task<int> RemoveOldAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var before = now - Upload.KeptFor;
        var removed = 0;
        var filter = TableClient.CreateQueryFilter($"RowKey lt {RunIdText.Stamp(before)}");
        await foreach (
            var entity in tables.Uploads.QueryAsync<TableEntity>(filter, select: Keys, cancellationToken: cancellationToken))
        {
            // The record goes last: while it is there, the next purge finds the rest.
            await files.DeleteAsync(new UploadId(entity.RowKey), cancellationToken);
            await tables.Uploads.DeleteEntityAsync(entity.PartitionKey, entity.RowKey, cancellationToken: cancellationToken);
            removed++;
        }

        return removed + await files.RemoveAsync(before, cancellationToken);
    }

    private bool IsOver(Upload upload) => upload.ExpiresAt <= clock.GetUtcNow();

    private async Task<Upload> WithBlocksAsync(Upload upload, CancellationToken cancellationToken) =>
        upload.Committed ? upload : upload with { Blocks = await files.BlocksAsync(upload.Id, cancellationToken) };

    // Names of people hold characters that keys can't.
    private static string Partition(string person) => KeyHash.Of(person);
}
