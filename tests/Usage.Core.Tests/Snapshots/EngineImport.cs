using System.Text;
using Usage.Core.Accounts;
using Usage.Core.Accounts.Matching;
using Usage.Core.Accounts.Unmatched;
using Usage.Core.Files;
using Usage.Core.Files.Planning;
using Usage.Core.Integrations;
using Usage.Core.Issues;
using Usage.Core.Snapshots;
using Usage.Core.Snapshots.Merging;
using Usage.Core.Snapshots.Reading;

namespace Usage.Core.Tests.Snapshots;

/// <summary>A whole import through the engine, in memory, with its batches and slices in a random order.</summary>
/// <param name="BatchBytes">1 for a batch a row.</param>
internal sealed record EngineImport(
    ImportMapping Mapping, IReadOnlyList<NumberedAccount> Accounts, int BatchBytes, int Partitions, int Seed)
{
    /// <summary>Of identifiers.</summary>
    public IReadOnlyList<Resolution> Resolutions { get; init; } = [];

    public async Task<EngineResult> RunAsync(string csv)
    {
        var file = Encoding.UTF8.GetBytes(csv);
        var outcome = await PlanAsync(file);
        if (outcome.Plan is not { } plan) return new EngineResult { Mapping = Mapping, Undecided = outcome.Error!.Code };
        var matcher = new AccountMatcher(Accounts).With(
            new ResolvedKeys(Resolutions, id => Accounts.FirstOrDefault(account => account.Account.Id == id)?.Ordinal));
        var options = new BatchOptions { Partitions = Partitions, PreviewRows = PreviewRow.MaxRows };
        var random = new Random(Seed);
        var batches = Shuffled(plan.Batches, random)
            .Select(range => ReadBatch(new BatchReader(Mapping, plan, matcher, options), range, file)).ToArray();

        var merged = new List<SnapshotGroup>();
        var tally = new MergeTally();
        foreach (var partition in Shuffled(Enumerable.Range(0, Partitions), random))
        {
            var merge = new PartitionMerge(Mapping, new MergeOptions { Rows = plan.Rows, PreviewRows = PreviewRow.MaxRows });
            await foreach (var group in merge.ReadAsync(Shuffled(batches, random).Select(batch => batch.Slice(partition))))
                merged.Add(group);
            tally = merge.Tally + tally;
        }

        var totals = BatchTotals.Of(Shuffled(batches, random).Select(batch => batch.Result));
        return new EngineResult
        {
            Mapping = Mapping,
            Warnings = plan.Warnings,
            Ignored = plan.Ignored,
            Accounts = matcher,
            Totals = totals,
            Waiting = await WaitingMerge.JoinAsync(
                [.. totals.Waiting.Select(part => batches.First(batch => batch.Result.Index == part.Batch).Keys(part.Piece))], default)
                .ToListAsync(),
            Groups = merged,
            Tally = tally,
            RejectedLines = string.Concat(batches.OrderBy(batch => batch.Result.Index).Select(batch => batch.Rejected)),
        };
    }

    private static Batch ReadBatch(BatchReader reader, BatchRange range, byte[] file)
    {
        using var entries = new MemoryStream();
        using var rejected = new MemoryStream();
        using var waiting = new MemoryStream();
        var result = reader.Read(range, file.AsMemory((int)range.Offset, (int)range.Length), entries, rejected, waiting);
        return new Batch(result, entries.ToArray(), Encoding.UTF8.GetString(rejected.ToArray()), waiting.ToArray());
    }

    private static T[] Shuffled<T>(IEnumerable<T> items, Random random)
    {
        var all = items.ToArray();
        random.Shuffle(all);
        return all;
    }

    private async Task<PlanOutcome> PlanAsync(byte[] file)
    {
        var planner = new FilePlanner(Mapping, new FileLimits(), new PlanOptions { BatchBytes = BatchBytes });
        return await planner.PlanAsync(
            "file.csv",
            _ => Task.FromResult<Stream>(new MemoryStream(file)),
            _ => throw new InvalidOperationException("UTF-8 needs no stage."),
            null,
            CancellationToken.None);
    }

    private sealed record Batch(BatchResult Result, byte[] Entries, string Rejected, byte[] Waiting)
    {
        public IAsyncEnumerable<WaitingKey> Keys(WaitingPiece piece) => WaitingKeyReader.ReadAsync(
            new MemoryStream(Waiting, (int)piece.Offset, (int)piece.Length), CancellationToken.None);

        public MemoryStream Slice(int partition) =>
            new(Entries, (int)Result.Slices[partition].Offset, (int)Result.Slices[partition].Length);
    }
}

internal sealed record EngineResult
{
    public required ImportMapping Mapping { get; init; }

    /// <summary>The code with which the file failed before its batches were read; then all else is empty.</summary>
    public string? Undecided { get; init; }

    public IReadOnlyList<RunIssue> Warnings { get; init; } = [];

    public IReadOnlyList<IgnoredRows> Ignored { get; init; } = [];

    public AccountMatcher Accounts { get; init; } = new([]);

    public BatchTotals Totals { get; init; } = BatchTotals.Of([]);

    public IReadOnlyList<WaitingKey> Waiting { get; init; } = [];

    public IReadOnlyList<SnapshotGroup> Groups { get; init; } = [];

    public MergeTally Tally { get; init; } = new();

    public string RejectedLines { get; init; } = "";
}
