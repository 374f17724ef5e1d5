using System.Buffers.Text;
using CsvHelper;
using Usage.Benchmarks.Files;
using Usage.Core.Accounts.Matching;
using Usage.Core.Files;
using Usage.Core.Files.Planning;
using Usage.Core.Integrations;
using Usage.Core.Snapshots;
using Usage.Core.Snapshots.Reading;

namespace Usage.Benchmarks.Reading;

/// <summary>One file in memory and the ways to read it.</summary>
internal sealed class ReadSubject
{
    private const int Cells = 5;

    private readonly byte[] _file;
    private readonly ImportMapping _mapping = SampleMapping.Make("bench");
    private readonly AccountMatcher _matcher;
    private FilePlan _plan = null!;
    private long _sum;

    private ReadSubject(byte[] file, int accounts)
    {
        _file = file;
        _matcher = new AccountMatcher(SampleMapping.Accounts(accounts));
    }

    public static async Task<ReadSubject> MakeAsync(byte[] file, int accounts, CancellationToken cancel)
    {
        var subject = new ReadSubject(file, accounts);
        await subject.PlanAsync(cancel);
        return subject;
    }

    public void Bare()
    {
        using var csv = CsvReader.Create(new MemoryStream(_file), new CsvReaderOptions());
        while (csv.Read())
        {
            for (var cell = 0; cell < Cells; cell++)
            {
                var bytes = csv.GetSpan(cell);
                _sum += bytes.Length == 0 ? 0 : bytes[0] + bytes[^1];
            }
        }
    }

    /// <summary>As <see cref="Bare"/>, and the two numbers parsed.</summary>
    public void BareNumbers()
    {
        using var csv = CsvReader.Create(new MemoryStream(_file), new CsvReaderOptions());
        while (csv.Read())
        {
            for (var cell = 0; cell < Cells; cell++)
            {
                var bytes = csv.GetSpan(cell);
                _sum += cell is 1 or 2 && Utf8Parser.TryParse(bytes, out double number, out _) ? (long)number : bytes.Length;
            }
        }
    }

    public async Task PlanAsync(CancellationToken cancel)
    {
        var outcome = await new FilePlanner(_mapping, new FileLimits(), new PlanOptions()).PlanAsync(
            "bench.csv", _ => Task.FromResult<Stream>(new MemoryStream(_file)), _ => Task.FromResult(Stream.Null), null, cancel);
        _plan = outcome.Plan ?? throw new InvalidOperationException($"The generated file can't be planned: {outcome.Error?.Message}");
    }

    public void Read()
    {
        var options = new BatchOptions { Partitions = Partitioning.Count(_plan.Rows, _matcher.OrdinalCount) };
        var reader = new BatchReader(_mapping, _plan, _matcher, options);
        foreach (var batch in _plan.Batches)
        {
            var result = reader.Read(batch, _file.AsMemory((int)batch.Offset, (int)batch.Length), Stream.Null, Stream.Null);
            if (result.Accepted != batch.Rows) throw new InvalidOperationException($"{result.Accepted} of {batch.Rows} rows were accepted, expected all.");
        }
    }
}
