using System.Text;
using Usage.Core.Accounts;
using Usage.Core.Files;
using Usage.Core.Files.Planning;
using Usage.Core.Files.Reading;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Products;
using Usage.Core.Values;

namespace Usage.Core.Tests.Files;

/// <summary>Files in memory, planned and read as the pipeline does it.</summary>
internal static class FileFixture
{
    public static ImportMapping Mapping(FileFormat? file = null, string key = "id", string? date = null, params string[] columns) => new()
    {
        Integration = new Integration
        {
            Id = new IntegrationId("test"),
            Name = "Test",
            Match = [new MatchRule { By = MatchBy.CrmId, Column = key }],
            File = file ?? new FileFormat(),
        },
        Products =
        [
            new MappedProduct
            {
                Id = new ProductId("platform"),
                Name = "Platform",
                Period = SnapshotPeriod.Monthly,
                DateColumn = date,
                Dimensions = [.. columns.Select(
                    c =>
                        new MappedDimension { Column = c, Id = new DimensionId("d"), DataType = DataType.Text,
                            Aggregate = Aggregate.Last })],
            },
        ],
        ArrivalDate = new DateOnly(2026, 11, 22),
        TimeZone = "UTC",
    };

    public static async Task<PlannedFile> PlanAsync(
        byte[] file, ImportMapping? mapping = null, string name = "x.csv", FileLimits? limits = null, long batchBytes = 4 << 20,
        int chunk = int.MaxValue, Mends? mends = null)
    {
        var stage = new StageStream();
        var options = new PlanOptions { BatchBytes = batchBytes, Mends = mends ?? Mends.None };
        var outcome = await new FilePlanner(mapping ?? Mapping(), limits ?? new FileLimits(), options).PlanAsync(
            name,
            _ => Task.FromResult<Stream>(
                file is [(byte)'P', (byte)'K', ..] ? new MemoryStream(file, writable: false) : new ChunkedStream(file, chunk)),
            _ => Task.FromResult<Stream>(stage = new StageStream()),
            null,
            CancellationToken.None);
        return new PlannedFile(outcome, outcome.Plan is { Staged: true } ? stage.ToArray() : file);
    }

    public static Task<PlannedFile> PlanAsync(
        string file, ImportMapping? mapping = null, string name = "x.csv", FileLimits? limits = null, long batchBytes = 4 << 20) =>
        PlanAsync(Encoding.UTF8.GetBytes(file), mapping, name, limits, batchBytes);

    private sealed class StageStream : MemoryStream;
}

internal sealed record PlannedFile(PlanOutcome Outcome, byte[] Content)
{
    public FilePlan Plan => Outcome.Plan ?? throw new InvalidOperationException($"{Outcome.Error?.Code}: {Outcome.Error?.Message}");

    /// <summary>Code and message of the failure.</summary>
    public (string Code, string Message) Error =>
        Outcome.Error is { } error ? (error.Code, error.Message) : throw new InvalidOperationException("the file was planned");

    public IReadOnlyList<ReadRow> Rows() => [.. Plan.Batches.SelectMany(Rows)];

    public IReadOnlyList<ReadRow> Rows(BatchRange batch)
    {
        using var reader = Open(batch);
        var rows = new List<ReadRow>();
        while (reader.Read()) rows.Add(ReadRow.Of(reader));
        Assert.Equal(batch.Rows, rows.Count);
        return rows;
    }

    public RecordReader Open(BatchRange batch) =>
        RecordReader.Create(Content.AsMemory(checked((int)batch.Offset), checked((int)batch.Length)), Plan, batch);

    public BatchRange Whole =>
        new(0, Plan.Batches[0].Offset, Plan.Batches[^1].Offset + Plan.Batches[^1].Length - Plan.Batches[0].Offset, 1, Plan.Rows);
}

/// <summary>A row with its cells as Latin-1, so that bytes that are no text can be compared and shown.</summary>
internal sealed record ReadRow(long Row, string Cells, string? Code, string? Message)
{
    public static ReadRow Of(RecordReader reader) => new(
        reader.Row,
        string.Join('|', Enumerable.Range(0, reader.Csv.FieldCount).Select(c => Encoding.Latin1.GetString(reader.GetCell(c)))),
        reader.Broken?.Code,
        reader.Broken?.Message);
}
