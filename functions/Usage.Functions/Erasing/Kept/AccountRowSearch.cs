using Usage.Core.Accounts;
using Usage.Core.Accounts.Matching;
using Usage.Core.Files;
using Usage.Core.Files.Reading;
using Usage.Core.Ids;
using Usage.Core.Snapshots.Reading;
using Usage.Core.Snapshots.Rows;
using Usage.Functions.Children;
using Usage.Storage.Accounts;
using Usage.Storage.Changes;
using Usage.Storage.Erasing;
using Usage.Storage.Imports;
using Usage.Storage.Imports.Rows;
using Usage.Storage.Runs;

namespace Usage.Functions.Erasing.Kept;

/// <summary>
/// Finds the rows of an account in a file: those of which somebody who read it found that they are its, and of rows that are nobody's those
/// that name it now.
/// </summary>
public sealed class AccountRowSearch(RunTexts texts, RowFiles rows, ChildReadings children, UndoStore undos, Roster roster)
{
    /// <param name="Rows">Each once.</param>
    /// <param name="IsNamed">A message says that a key is the account's and another's.</param>
    public sealed record Found(IReadOnlyCollection<ErasedRow> Rows, bool IsNamed);

    public async Task<Found> FindAsync(ReadFile file, ErasedAccount account, CancellationToken cancellationToken)
    {
        var (found, isNamed) = (new Dictionary<long, ErasedRow>(), false);
        // What an undone replay said whose a row is counts no more: it may be somebody else's by now.
        var undone = new HashSet<RunId>();
        foreach (var reader in file.Readers.Where(reader => reader != file.Root))
            if ((await undos.OfAsync(reader.Run.Id, cancellationToken)).IsWhole) undone.Add(reader.Run.Id);
        foreach (var batch in file.Plan.Batches)
        {
            var readers = new List<StoredRun>();
            foreach (var reader in file.Readers)
            {
                var (mayHave, names) = await LookAsync(file, reader, batch, account.Ordinal, cancellationToken);
                if (mayHave && !undone.Contains(reader.Run.Id)) readers.Add(reader);
                isNamed |= names;
            }

            if (readers.Count == 0 && file.Readers.Count > 0) continue;
            var text = new byte[batch.Length];
            var gone = await texts.ReadAsync(file.Root, file.Plan, batch, text, cancellationToken);
            foreach (var reader in readers)
                Read(await children.AccountsAsync(
                    reader.Run.Id, file.Mapping, batch, batch, await roster.GetAsync(cancellationToken), cancellationToken),
                    await ChildAsync(file, reader, batch, cancellationToken));
            // Nothing is kept of what was found: who names it is its.
            if (file.Readers.Count == 0) Read(account.Finder(file.Mapping.Integration.Id), child: null);

            void Read(IRowAccounts accounts, ChildReading? child)
            {
                var log = new AccountRows(file.Mapping, file.Plan, account.Ordinal, account.Finder(file.Mapping.Integration.Id));
                var options = new BatchOptions { Partitions = 1, Child = child, Erased = gone };
                new BatchReader(file.Mapping, file.Plan, accounts, options)
                    .Read(batch, text, Stream.Null, Stream.Null, Stream.Null, log, cancellationToken);
                foreach (var row in log.Found) found[row.Row] = row;
            }
        }

        return new Found(found.Values, isNamed);
    }

    /// <summary>Lines that are no rows, and name the account.</summary>
    public async Task<IReadOnlyList<ErasedRow>> FindLinesAsync(ReadFile file, AccountNames names, CancellationToken cancellationToken)
    {
        var (plan, found) = (file.Plan, new List<ErasedRow>());
        if (plan.Ignored.Count == 0 || plan.Batches.Count == 0) return found;
        var head = new BatchRange(-1, 0, plan.Batches[0].Offset, FirstRow: 0, Rows: 0);
        foreach (var stretch in plan.Batches.Prepend(head))
        {
            var text = new byte[stretch.Length];
            await texts.ReadAsync(file.Root, plan, stretch, text, cancellationToken);
            found.AddRange(IgnoredLines.Find(text, plan, stretch, names.AreIn));
        }

        return found;
    }

    /// <summary>How a replay or fix reads a batch; null: the reader is none.</summary>
    public async Task<ChildReading?> ChildAsync(ReadFile file, StoredRun reader, BatchRange batch, CancellationToken cancellationToken) =>
        await children.FindAsync(
            reader.Run, file.Mapping, file.Plan, batch, await roster.GetAsync(cancellationToken), cancellationToken);

    /// <summary>Looks into what is kept, which is much shorter than the file.</summary>
    private async Task<(bool MayHave, bool IsNamed)> LookAsync(
        ReadFile file, StoredRun reader, BatchRange batch, int ordinal, CancellationToken cancellationToken)
    {
        var (run, counts) = (reader.Run.Id, (await rows.FindIndexAsync(reader.Run.Id, cancellationToken))![batch.Index].Counts);
        var kept = await rows.FindAsync(run, batch, batch.FirstRow, batch.FirstRow + batch.Rows - 1, cancellationToken);
        if (kept is not var (_, codes)) return (true, false);
        var isNamed = RowTable.HasSeveral(codes)
            && (await rows.SeveralAsync(run, batch.Index, cancellationToken)).Any(several => several.Contains(ordinal));
        return (counts.Unmatched + counts.Invalid > 0 || RowTable.Has(codes, ordinal, file.Mapping.Integration.Match.Count), isNamed);
    }
}
