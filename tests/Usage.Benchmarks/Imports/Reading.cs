using Usage.Benchmarks.Files;
using Usage.Core.Accounts.Matching;
using Usage.Core.Files;
using Usage.Core.Files.Planning;
using Usage.Core.Integrations;
using Usage.Core.Snapshots;
using Usage.Core.Snapshots.Reading;
using Usage.Core.Snapshots.Rows;

namespace Usage.Benchmarks.Imports;

/// <summary>What the app does with a file before it writes: plan, parse, match, type and sort. Here from memory, on one core.</summary>
internal sealed class Reading
{
    private readonly ImportMapping _mapping;
    private readonly AccountMatcher _matcher;
    private readonly bool _dates;
    private readonly int _accounts;

    private Reading(int accounts, bool dates)
    {
        (_accounts, _dates) = (accounts, dates);
        _mapping = SampleMapping.Make("bench", dates);
        _matcher = new AccountMatcher(SampleMapping.Accounts(accounts));
    }

    public static async Task<Reading> PrepareAsync(int accounts, bool dates, CancellationToken cancellationToken)
    {
        var reading = new Reading(accounts, dates);
        for (var warmUp = 0; warmUp < 3; warmUp++) await reading.SecondsAsync(100_000, cancellationToken);
        return reading;
    }

    /// <summary>Processor seconds for a file of so many rows.</summary>
    public async Task<double> SecondsAsync(long rows, CancellationToken cancellationToken)
    {
        using var file = new MemoryStream();
        await UsageFile.WriteAsync(file, rows, _accounts, _dates, cancellationToken);
        var bytes = file.ToArray();
        var before = Environment.CpuUsage.TotalTime;
        var plan = await PlanAsync(bytes, cancellationToken);
        var reader = new BatchReader(
            _mapping, plan, _matcher, new BatchOptions { Partitions = Partitioning.Count(plan.Rows, _matcher.OrdinalCount) });
        foreach (var batch in plan.Batches)
        {
            using var table = new RowTableWriter(batch, _mapping.Integration.Match.Count);
            var result = reader.Read(
                batch, bytes.AsMemory((int)batch.Offset, (int)batch.Length), Stream.Null, Stream.Null, Stream.Null, table,
                cancellationToken);
            table.WriteTo(Stream.Null, result);
            if (result.Accepted != batch.Rows)
                throw new InvalidOperationException($"{result.Accepted} of {batch.Rows} rows were accepted, expected all.");
        }

        return (Environment.CpuUsage.TotalTime - before).TotalSeconds;
    }

    private async Task<FilePlan> PlanAsync(byte[] file, CancellationToken cancellationToken)
    {
        var outcome = await new FilePlanner(_mapping, new FileLimits(), new PlanOptions()).PlanAsync(
            "bench.csv", _ => Task.FromResult<Stream>(new MemoryStream(file)), _ => Task.FromResult(Stream.Null), null, cancellationToken);
        return outcome.Plan ?? throw new InvalidOperationException($"The generated file can't be planned: {outcome.Error?.Message}");
    }
}
