using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Functions.Telemetry;

namespace Usage.Functions.Tests.Telemetry;

public sealed class StageTelemetryTests : IDisposable
{
    private static readonly Run Run = new()
    {
        Id = new RunId("20260304T050607-bbbbbbbbbbbb"),
        Integration = new IntegrationId("crm"),
        Version = 1,
        Kind = RunKind.Import,
        Status = RunStatus.Running,
        ArrivedAt = DateTimeOffset.UnixEpoch,
    };

    private readonly Collected _collected = new(UsageTelemetry.Name);
    private readonly StageTelemetry _telemetry;

    public StageTelemetryTests() =>
        _telemetry = new StageTelemetry(_collected.Meters, TimeProvider.System, NullLogger<StageTelemetry>.Instance);

    [Fact]
    public async Task A_stage_is_a_span_and_a_time()
    {
        Assert.Equal(42, await _telemetry.MeasureAsync("plan", Run, () => Task.FromResult(42)));

        var span = Assert.Single(Spans());
        Assert.Equal(("usage.plan", ActivityStatusCode.Unset, "crm"),
            (span.OperationName, span.Status, span.GetTagItem("usage.integration.id")));
        Assert.StartsWith("usage.stage.duration{usage.stage=plan,usage.run.kind=import} ", Assert.Single(_collected.Measured),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stage_that_fails_says_so_and_fails()
    {
        await Assert.ThrowsAsync<TimeoutException>(
            () => _telemetry.MeasureAsync("write", Run, () => Task.FromException(new TimeoutException("too slow"))));

        var span = Assert.Single(Spans());
        Assert.Equal((ActivityStatusCode.Error, "System.TimeoutException"), (span.Status, span.GetTagItem("error.type")));
        Assert.StartsWith(
            "usage.stage.duration{usage.stage=write,usage.run.kind=import,error.type=System.TimeoutException} ",
            Assert.Single(_collected.Measured), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _telemetry.Dispose();
        _collected.Dispose();
    }

    private IEnumerable<Activity> Spans() => _collected.Spans.Where(span => Run.Id.Value.Equals(span.GetTagItem("usage.run.id")));
}
