using Usage.Core.Files;
using Usage.Core.Ids;
using Usage.Core.Snapshots;
using Usage.Core.Snapshots.Reading;
using Usage.Core.Snapshots.Rows;
using Usage.Functions.Children;
using Usage.Storage.Accounts;
using Usage.Storage.Imports;
using Usage.Storage.Imports.Reading;
using Usage.Storage.Imports.Rows;
using Usage.Storage.Runs;
using Usage.Storage.Unmatched;

namespace Usage.Functions.Erasing.Kept;

/// <summary>
/// Writes anew what is kept of the rows of a file, as if rows that are erased had never been in it: by the same code that read it, and with
/// the accounts that were found then.
/// </summary>
public sealed class RowRewriting(
    RunStore runs, RunFiles files, RowFiles rows, RunTexts texts, BatchFiles batches, RejectedFile rejected, RunIdentifiers identifiers,
    ChildChains chains, ChildReadings children, AccountRowSearch search, Roster roster)
{
    /// <summary>All attempts leave the same.</summary>
    private const uint Stamp = 0;

    public async Task RewriteAsync(ReadFile file, ErasedRows gone, CancellationToken cancellationToken)
    {
        var latest = (await chains.FindAsync(file.Root.Run, cancellationToken)).Earlier;
        foreach (var reader in file.Readers)
        {
            var id = reader.Run.Id;
            var read = await ReadAsync(file, reader, gone, cancellationToken);
            IReadOnlyList<uint> stamps = [.. file.Plan.Batches.Select(_ => Stamp)];
            if (read.Rows.Rejected() == 0) await rejected.RemoveAsync(id, cancellationToken);
            else if (await rejected.ExistsAsync(id, cancellationToken)) await rejected.WriteAsync(id, file.Plan, stamps, cancellationToken);
            // The list of what waits is as the last one left it who went its whole way.
            if (id == LastOf(latest) && await identifiers.HasAsync(file.Root.Run.Id, cancellationToken))
                await identifiers.WriteAsync(file.Root.Run, id, read.Waiting, stamps, cancellationToken);
            await SaveAsync(file, reader, read, gone, cancellationToken);
            await files.CleanAsync(id, cancellationToken);
        }

        RunId LastOf(IReadOnlyList<RunId> chain) => chain.Count == 0 ? file.Root.Run.Id : chain[^1];
    }

    private async Task<BatchTotals> ReadAsync(ReadFile file, StoredRun reader, ErasedRows gone, CancellationToken cancellationToken)
    {
        var (id, results, summaries) = (reader.Run.Id, new List<BatchResult>(), new List<BatchRows>());
        foreach (var batch in file.Plan.Batches)
        {
            var text = new byte[batch.Length];
            await texts.ReadAsync(file.Root, file.Plan, batch, text, cancellationToken);
            var accounts = await children.AccountsAsync(
                id, file.Mapping, batch, batch, await roster.GetAsync(cancellationToken), cancellationToken);
            var child = await search.ChildAsync(file, reader, batch, cancellationToken);
            await using var bad = batches.CreateRejected(id, batch.Index, Stamp);
            await using var waiting = batches.CreateWaiting(id, batch.Index, Stamp);
            using var table = new RowTableWriter(batch, file.Mapping.Integration.Match.Count);
            var options = new BatchOptions { Partitions = 1, Run = id.Value, Child = child, Erased = gone };
            var result = new BatchReader(file.Mapping, file.Plan, accounts, options)
                .Read(batch, text, Stream.Null, bad, waiting, table, cancellationToken);
            if (!bad.IsEmpty) await bad.CompleteAsync(cancellationToken);
            if (!waiting.IsEmpty) await waiting.CompleteAsync(cancellationToken);
            await using var kept = rows.CreateTable(id, batch.Index);
            summaries.Add(table.WriteTo(kept, result));
            await kept.CompleteAsync(cancellationToken);
            results.Add(result);
        }

        await rows.SaveIndexAsync(id, summaries, cancellationToken);
        return BatchTotals.Of(results);
    }

    private async Task SaveAsync(
        ReadFile file, StoredRun reader, BatchTotals read, ErasedRows gone, CancellationToken cancellationToken)
    {
        var id = reader.Run.Id;
        var (recorded, newer) = (await rows.FindRecordedAsync(id, cancellationToken), await rows.FindNewerAsync(id, cancellationToken));
        var run = (await runs.GetAsync(id, cancellationToken)).Run;
        var left = new RunWithout(file, read, gone).Of(run, recorded, newer);
        await runs.SaveAsync(left, cancellationToken);
    }
}
