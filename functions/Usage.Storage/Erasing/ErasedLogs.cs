using System.Buffers;
using System.Text.Json;
using Azure.Storage.Blobs.Models;
using Usage.Core;
using Usage.Core.Changes;
using Usage.Core.Ids;
using Usage.Core.Snapshots;
using Usage.Storage.Changes;
using Usage.Storage.Imports.Reading;
using Usage.Storage.Runs;

namespace Usage.Storage.Erasing;

/// <summary>
/// Takes an account out of what runs have kept of their writes. A log can only be added to, so the partition's is written anew under
/// another name; then the index names that one, and the old one goes. Groups stay in their places, empty where only the account was there.
/// </summary>
public sealed class ErasedLogs(RunBlobs blobs, UsageBlobs containers, RunLogs logs)
{
    /// <param name="run">That has ended.</param>
    /// <param name="ordinal">Of the account.</param>
    /// <param name="erase">The run that erases it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What the run has written of all others; null: it has nothing of the account.</returns>
    public async Task<LogIndex?> EraseAsync(RunId run, int ordinal, RunId erase, CancellationToken cancellationToken)
    {
        if (await blobs.FindJsonAsync<LogIndex>(run, RunLogs.Index, cancellationToken) is not { } index) return null;
        var block = Partitioning.Block(ordinal);
        var partition = block % index.Partitions;
        var places = index.Pieces.Index().Where(one => one.Item.Partition == partition).Select(one => one.Index).ToList();
        if (!places.Exists(place => block >= index.Pieces[place].First && block <= index.Pieces[place].Last)) return null;
        // An attempt before was cut short behind this.
        var isDone = index.Pieces[places[0]].Copy == erase.Value;
        if (!isDone)
        {
            if (!await HasAsync(run, index, places, ordinal, cancellationToken)) return null;
            index = index with { Pieces = await WriteAsync(run, index, places, ordinal, erase, cancellationToken) };
            await logs.SaveIndexAsync(run, index, cancellationToken);
        }

        logs.Forget(run);
        await RemoveOldAsync(run, partition, WriteLog.Name(partition, erase.Value), cancellationToken);
        return index;
    }

    private async Task<bool> HasAsync(
        RunId run, LogIndex index, List<int> places, int ordinal, CancellationToken cancellationToken)
    {
        foreach (var place in places)
            if ((await ReadAsync(run, index.Pieces[place], cancellationToken)).Any(group => Has(group, ordinal))) return true;
        return false;
    }

    private async Task<IReadOnlyList<LogPiece>> WriteAsync(
        RunId run, LogIndex index, List<int> places, int ordinal, RunId erase, CancellationToken cancellationToken)
    {
        var (pieces, position) = (index.Pieces.ToArray(), 0L);
        await using var file = new BlockUploadStream(blobs.Block(run, WriteLog.Name(index.Pieces[places[0]].Partition, erase.Value)));
        await AddAsync(LogFrames.Header, JsonSerializer.SerializeToUtf8Bytes(index.Header, CoreJson.Options));
        foreach (var place in places)
        {
            var packed = new WritesWriter();
            foreach (var group in await ReadAsync(run, index.Pieces[place], cancellationToken)) packed.Add(Without(group, ordinal));
            var start = position;
            await AddAsync(LogFrames.Piece, packed.Packed);
            pieces[place] = pieces[place] with { Copy = erase.Value, Offset = start, Length = (int)(position - start) };
        }

        await file.CompleteAsync(cancellationToken);
        return pieces;

        async Task AddAsync(byte record, ReadOnlyMemory<byte> bytes)
        {
            var frames = new ArrayBufferWriter<byte>(bytes.Length + 1024);
            LogFrames.Write(frames, record, bytes.Span);
            await file.WriteAsync(frames.WrittenMemory, cancellationToken);
            position += frames.WrittenCount;
        }
    }

    private async Task<IReadOnlyList<GroupWrites>> ReadAsync(RunId run, LogPiece piece, CancellationToken cancellationToken)
    {
        await using var content = await blobs.OpenRangeAsync(
            run, WriteLog.Name(piece.Partition, piece.Copy), piece.Offset, piece.Length, cancellationToken);
        var bytes = new byte[piece.Length];
        await content.ReadExactlyAsync(bytes, cancellationToken);
        return WriteLog.Groups(LogFrames.Read(bytes).Last().Bytes);
    }

    private async Task RemoveOldAsync(RunId run, int partition, string current, CancellationToken cancellationToken)
    {
        var (plain, copies) = ($"{run}/{WriteLog.Name(partition)}", $"{run}/{WriteLog.Name(partition, "")}");
        var all = new GetBlobsOptions { Prefix = plain };
        await foreach (var blob in containers.Runs.GetBlobsAsync(all, cancellationToken))
            if ((blob.Name == plain || blob.Name.StartsWith(copies, StringComparison.Ordinal)) && blob.Name != $"{run}/{current}")
                await containers.Runs.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellationToken);
    }

    private static bool Has(GroupWrites group, int ordinal) => group.Accounts.Any(account => account.Account == ordinal);

    private static GroupWrites Without(GroupWrites group, int ordinal) =>
        Has(group, ordinal) ? group with { Accounts = [.. group.Accounts.Where(account => account.Account != ordinal)] } : group;
}
