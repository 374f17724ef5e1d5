using System.Text.Json;
using Usage.Core.Files.Planning;
using Usage.Core.Files;
using Usage.Core.Tests.Files.Sources;
using Usage.Core.Values.Dates;
using Usage.Core.Values;

namespace Usage.Core.Tests.Files;

public sealed class FilePlanTests
{
    [Fact]
    public async Task Plan_survives_being_written_as_json()
    {
        var mapping = FileFixture.Mapping(new FileFormat { Encoding = "utf-16" }, date: "day");
        var plan = (await FileFixture.PlanAsync(
            System.Text.Encoding.Unicode.GetBytes("id\tday\n1\t15/10/2024\n\n2\t\n"), mapping, batchBytes: 1)).Plan;

        var text = JsonSerializer.Serialize(plan, CoreJson.Options);
        var read = JsonSerializer.Deserialize<FilePlan>(text, CoreJson.Options)!;

        Assert.Equal(text, JsonSerializer.Serialize(read, CoreJson.Options));
        Assert.Equal([new BatchRange(0, 7, 14, 1, 1), new BatchRange(1, 21, 3, 2, 1)], read.Batches);
        Assert.Equal(DateOrder.DayFirst, read.DateOrders["day"]);
        Assert.Equal(('\t', "utf-16", true), (read.Dialect.Delimiter, read.Encoding, read.Staged));
    }

    [Fact]
    public async Task Progress_and_hash_are_of_the_bytes_as_they_were_dropped()
    {
        var file = GzipTests.Pack("id\n1\n"u8);
        var progress = new LastValue();
        var outcome = await new FilePlanner(FileFixture.Mapping(), new FileLimits(), new PlanOptions())
            .PlanAsync("x.csv.gz", _ => Task.FromResult<Stream>(new MemoryStream(file)), _ => Task.FromResult<Stream>(new MemoryStream()),
                progress, CancellationToken.None);
        Assert.Equal(file.Length, progress.Value);
        Assert.Equal(file.Length, outcome.Plan!.Bytes);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(file)), outcome.Sha256);
    }

    [Fact]
    public async Task Cancelled_planning_ends()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new FilePlanner(FileFixture.Mapping(), new FileLimits(), new PlanOptions())
            .PlanAsync("x.csv", _ => Task.FromResult<Stream>(new MemoryStream("id\n1\n"u8.ToArray())),
                _ => throw new InvalidOperationException(), null, cancelled.Token));
    }

    private sealed class LastValue : IProgress<long>
    {
        public long Value { get; private set; }

        public void Report(long value) => Value = value;
    }
}
