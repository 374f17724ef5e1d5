using Usage.Core.Ids;
using Usage.Core.Issues;
using Usage.Core.Runs;
using Usage.Functions.Telemetry;

namespace Usage.Functions.Tests.Telemetry;

public sealed class RunTelemetryTests : IDisposable
{
    private static readonly DateTimeOffset Arrived = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    private readonly Collected _collected = new(UsageTelemetry.Name);

    [Fact]
    public void Counts_a_run_its_rows_and_its_snapshots_and_takes_its_times()
    {
        new RunTelemetry(_collected.Meters).Count(Ended() with
        {
            Rows = new RowCounts { Read = 7, Recorded = 4, Superseded = 2, Invalid = 1 },
            Dates = [new RunDate(new ProductId("maps"), new DateOnly(2026, 3, 4), 5, "the column day"),
                new RunDate(new ProductId("mail"), new DateOnly(2026, 3, 4), 1, "the column day")],
        });

        const string Who = "usage.integration.id=crm,usage.run.kind=import";
        Assert.Equal(
            [
                $"usage.rows{{{Who},usage.row.outcome=recorded}} 4",
                $"usage.rows{{{Who},usage.row.outcome=superseded}} 2",
                $"usage.rows{{{Who},usage.row.outcome=invalid}} 1",
                $"usage.snapshots{{{Who},usage.product.id=maps}} 5",
                $"usage.snapshots{{{Who},usage.product.id=mail}} 1",
                $"usage.runs{{{Who},usage.run.status=succeeded}} 1",
                $"usage.run.wait.duration{{{Who},usage.run.status=succeeded}} 2",
                $"usage.run.duration{{{Who},usage.run.status=succeeded}} 28",
            ],
            _collected.Measured);
    }

    [Fact]
    public void Tells_why_a_run_failed()
    {
        new RunTelemetry(_collected.Meters).Count(
            Ended() with { Status = RunStatus.Failed, StartedAt = null, Error = new RunError(IssueCode.ImportFailed, "It failed.") });

        Assert.Equal(
            [$"usage.runs{{usage.integration.id=crm,usage.run.kind=import,usage.run.status=failed,error.type={IssueCode.ImportFailed}}} 1"],
            _collected.Measured);
    }

    public void Dispose() => _collected.Dispose();

    private static Run Ended() => new()
    {
        Id = new RunId("20260304T050607-aaaaaaaaaaaa"),
        Integration = new IntegrationId("crm"),
        Version = 1,
        Kind = RunKind.Import,
        Status = RunStatus.Succeeded,
        ArrivedAt = Arrived,
        StartedAt = Arrived.AddSeconds(2),
        CompletedAt = Arrived.AddSeconds(30),
    };
}
