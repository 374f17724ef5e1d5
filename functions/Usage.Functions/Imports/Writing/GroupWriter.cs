using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Snapshots;
using Usage.Core.Snapshots.Merging;
using Usage.Functions.Children;
using Usage.Storage;
using Usage.Storage.Accounts;
using Usage.Storage.Changes;
using Usage.Storage.Imports;
using Usage.Storage.Imports.Reading;
using Usage.Storage.Imports.Writing;
using Usage.Storage.Runs;
using Usage.Storage.Snapshots;

namespace Usage.Functions.Imports.Writing;

/// <summary>
/// Writes a partition piece by piece while the next ones are merged and compared: each piece is told in the run's log before its first
/// transaction is sent. A piece that was told is always written whole, by this attempt or a later one. When the run is to be cancelled, or
/// has failed, no further piece is told, and what is left is only counted, so that the rows still add up.
/// </summary>
public sealed class GroupWriter(
    RunStore runs, RunFiles files, UsageTables tables, RunLogs logs, BlockHistories histories, PieceWriter pieceWriter,
    SnapshotDateIndex dates, DateWriters writers, UndoStore undos, ChildGroups childGroups, ReceiptStore receipts, TimeProvider clock)
{
    private const int ComparedAtOnce = 8;

    private static readonly TimeSpan CancelCheck = TimeSpan.FromSeconds(1);

    /// <param name="Stop">Nothing more is to be told.</param>
    public sealed record Job(StoredRun Stored, ImportMapping Mapping, PlannedFile Planned, RosterSnapshot Roster, int Partition, bool Stop)
    {
        /// <summary>Of a replay or fix of a run that recorded something; else null.</summary>
        public ChildStates? Child { get; init; }
    }

    public async Task<PartitionResult> WriteAsync(
        Job job, PartitionMerge merge, IEnumerable<Stream> slices, CancellationToken cancellationToken)
    {
        var run = job.Stored.Run.Id;
        var header = LogHeader.Of(job.Mapping);
        var products = header.Products;
        var stop = job.Stop || job.Stored.CancelRequested;
        // A run that was cancelled while it waited for its turns has none, and nothing in its log.
        var basis = await files.FindBasisAsync(run, cancellationToken) ?? (stop ? WriteBasis.None
            : throw new InvalidOperationException($"run {run} has no turn at its products; it takes them before it writes"));
        var log = await logs.OpenAsync(run, job.Partition, header, cancellationToken);
        // What an attempt before has said to be undone by this run is to be found as it was before.
        var undone = (await histories.UndoneAsync(
            basis.Products.SelectMany(product => product.Dates).SelectMany(date => date.Writers), cancellationToken))
            .ToDictionary(one => one.Key, one => one.Value.Without(run));
        var accounts = basis.Open(job.Roster.IdOf);
        var states = new BlockStates(tables, histories, basis, products, accounts, undone, job.Child);
        var targets = GroupTarget.Of(header, accounts);
        using var written = new WrittenGroups(job.Mapping, basis, job.Planned.Plan.Rows, accounts);
        var (claimed, sent) = (new HashSet<(int Product, DateOnly Date)>(), new HashSet<(int Product, DateOnly Date)>());
        var checkedAt = clock.GetTimestamp();
        var (place, writing) = (0, Task.FromResult<IReadOnlyList<int>>([]));
        var groups = merge.ReadAsync(slices, cancellationToken);
        if (job.Child is { } child)
            groups = childGroups.WithWrittenAsync(groups, child.Chain, job.Partition, child.Touched, cancellationToken);
        await foreach (var piece in Pieces.CutAsync(groups, basis.GroupsPerPiece, cancellationToken))
        {
            if (place == log.Pieces.Count && !log.IsClosed
                && !(stop = stop || await IsCancelRequestedAsync() || !await ClaimAsync(piece)))
            {
                var compared = await CompareAsync(states, piece, cancellationToken);
                // A file that only takes away what isn't there makes no date.
                foreach (var writes in compared.Select(one => one.Writes).Where(writes => writes.Accounts.Any(account => account.IsSent())))
                    if (sent.Add((writes.Product, writes.Date))
                        && basis.Find(products[writes.Product].Id, writes.Date) is not { IsThere: true })
                        await dates.AddAsync(products[writes.Product].Id, writes.Date, cancellationToken);
                await TakeBackAsync(job, compared, products, accounts, cancellationToken);
                // The next piece says that this one is written.
                await writing;
                if (await log.TryAppendAsync([.. compared.Select(group => group.Writes)], cancellationToken))
                {
                    written.Add(piece, compared);
                    writing = pieceWriter.WriteAsync(
                        targets, run, [.. compared.Select(group => new PieceWriter.Told(group.Writes, group.Stored))], refusable: false,
                        cancellationToken);
                    place++;
                    continue;
                }
            }

            if (place == log.Pieces.Count)
            {
                written.Pass(piece);
                continue;
            }

            var told = await log.ReadAsync(place, cancellationToken);
            var isLast = place == log.Pieces.Count - 1 && !log.IsClosed;
            if (isLast)
                writing = pieceWriter.WriteAsync(targets, run, PieceWriter.Told.Unread(told), refusable: job.Stop, cancellationToken);
            var without = isLast ? await writing : log.Pieces[place].Without;
            written.Add(piece, told, without);
            place++;
        }

        await log.CloseAsync(await writing, cancellationToken);
        return written.ToResult(merge.Tally, merge.Recorded, cancelled: stop, log.Pieces);

        async Task<bool> ClaimAsync(IReadOnlyList<SnapshotGroup> piece)
        {
            foreach (var group in piece)
                if (claimed.Add((group.Product, group.Date))
                    && !await this.ClaimAsync(job, basis, products[group.Product].Id, group.Date, cancellationToken)) return false;
            return true;
        }

        async Task<bool> IsCancelRequestedAsync()
        {
            if (clock.GetElapsedTime(checkedAt) < CancelCheck) return false;
            checkedAt = clock.GetTimestamp();
            return await runs.IsCancelRequestedAsync(run, cancellationToken);
        }
    }

    private static async Task<IReadOnlyList<BlockStates.Compared>> CompareAsync(
        BlockStates states, IReadOnlyList<SnapshotGroup> piece, CancellationToken cancellationToken)
    {
        var compared = new BlockStates.Compared[piece.Count];
        await Parallel.ForAsync(0, piece.Count,
            new ParallelOptions { MaxDegreeOfParallelism = ComparedAtOnce, CancellationToken = cancellationToken },
            async (place, cancellationToken) => compared[place] = await states.CompareAsync(piece[place], cancellationToken));
        return compared;
    }

    /// <summary>Before it is told, so that whoever finds it told finds this too.</summary>
    private async Task TakeBackAsync(
        Job job, IReadOnlyList<BlockStates.Compared> piece, IReadOnlyList<LogProduct> products, Func<int, AccountId?> accounts,
        CancellationToken cancellationToken)
    {
        if (job.Child is not { } child) return;
        foreach (var group in piece)
            foreach (var (run, value) in child.TakenBack(group.Writes, products[group.Writes.Product], accounts))
                await undos.AddValueAsync(run, job.Stored.Run.Id, value, cancellationToken);
    }

    /// <returns>False: the run has ended, and this attempt comes too late.</returns>
    private async Task<bool> ClaimAsync(
        Job job, WriteBasis basis, ProductId product, DateOnly date, CancellationToken cancellationToken)
    {
        var (run, content) = (job.Stored.Run.Id, new FileContent(job.Planned.Plan.Sha256, job.Mapping.Integration.Version));
        if (job.Planned.FileOf is null && !await receipts.ClaimAsync(job.Mapping.Integration.Id, run, content, (product, date),
            () => runs.HasEndedAsync(run, cancellationToken), cancellationToken)) return false;
        await writers.AddAsync(product, new DateWriter(date, run, basis.Of(product).Place, basis.Of(product).Turn), cancellationToken);
        return true;
    }
}
