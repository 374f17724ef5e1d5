using Usage.Core.Files;
using Usage.Core.Files.Kinds;
using Usage.Core.Files.Planning;
using Usage.Core.Files.Reading;
using Usage.Core.Files.Sources;
using Usage.Core.Files.Workbooks;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Issues;

namespace Usage.Core.Suggestions;

/// <summary>The first rows of a file, read as an import would read them, column by column.</summary>
internal sealed record SampleFile(IReadOnlyList<ColumnProfile> Columns)
{
    private const int MaxRows = 1000;

    /// <summary>Of a workbook, unpacked.</summary>
    private const int MaxSheetBytes = 16 << 20;

    private static readonly ImportMapping Nothing = new()
    {
        Integration = new Integration { Id = new IntegrationId("sample"), Name = "Sample" },
        Products = [],
        ArrivalDate = DateOnly.MaxValue,
        TimeZone = "UTC",
    };

    /// <returns>The sample, or why the file can't be read.</returns>
    public static async Task<(
        SampleFile? Sample, RunError? Error)> ReadAsync(byte[] file, string name, FileLimits limits, CancellationToken cancellationToken)
    {
        try
        {
            if (FileKind.MayBeWorkbook(file))
                file = WorkbookStart.Read(new MemoryStream(file), file, null, limits, MaxSheetBytes, cancellationToken).Csv.ToArray();
        }
        catch (FileRejectedException rejected)
        {
            return (null, rejected.Error);
        }

        var stage = new MemoryStream();
        var outcome = await new FilePlanner(Nothing, limits, new PlanOptions()).PlanAsync(
            name,
            _ => Task.FromResult<Stream>(new MemoryStream(file, writable: false)),
            _ => Task.FromResult<Stream>(stage = new MemoryStream()),
            bytesRead: null,
            cancellationToken);
        if (outcome.Plan is not { } plan) return (null, outcome.Error);
        var columns = plan.Header.Select(column => new ColumnProfile(column)).ToList();
        var text = plan.Staged ? stage.ToArray() : file;
        foreach (var batch in plan.Batches.Take(1)) Observe(columns, text, plan, batch);
        columns.ForEach(column => column.Conclude());
        return (new SampleFile([.. columns.Where(column => !ReservedColumns.Contains(column.Name))]), null);
    }

    private static void Observe(List<ColumnProfile> columns, byte[] text, FilePlan plan, BatchRange batch)
    {
        using var reader = RecordReader.Create(text.AsMemory((int)batch.Offset, (int)batch.Length), plan, batch);
        for (var row = 0; row < MaxRows && reader.Read(); row++)
        {
            if (reader.Broken is not null) continue;
            for (var i = 0; i < columns.Count; i++) columns[i].Observe(reader.GetCell(i), reader.Row);
        }
    }
}
