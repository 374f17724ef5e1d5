using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Usage.Core.Runs;

namespace Usage.Functions.Telemetry;

/// <summary>
/// Each try of each stage of a run: a span <c>usage.{stage}</c>, its seconds in <c>usage.stage.duration</c>, and the run and its
/// integration in the scope of every line that is logged meanwhile.
/// </summary>
public sealed class StageTelemetry(IMeterFactory meters, TimeProvider clock, ILogger<StageTelemetry> logger) : IDisposable
{
    private readonly ActivitySource _spans = new(UsageTelemetry.Name);

    private readonly Histogram<double> _duration = meters.Create(UsageTelemetry.Name).CreateHistogram(
        "usage.stage.duration", "s", "Time of one try of a stage of a run.", tags: null, UsageTelemetry.Seconds);

    /// <param name="stage">A word: <c>plan</c>, <c>read</c>, <c>decide</c>, <c>write</c>, <c>finish</c>.</param>
    public async Task<T> MeasureAsync<T>(string stage, Run run, Func<Task<T>> work)
    {
        var tags = new TagList { { UsageTelemetry.Stage, stage }, { UsageTelemetry.RunKind, UsageTelemetry.Word(run.Kind) } };
        using var span = _spans.StartActivity($"usage.{stage}", ActivityKind.Internal, default(ActivityContext), tags);
        span?.SetTag(UsageTelemetry.Run, run.Id.Value).SetTag(UsageTelemetry.Integration, run.Integration?.Value);
        using var scope = logger.BeginScope("Run {Run} of {Integration}", run.Id, run.Integration);
        var start = clock.GetTimestamp();
        try
        {
            return await work();
        }
        catch (Exception failed)
        {
            tags.Add("error.type", failed.GetType().FullName);
            span?.SetTag("error.type", failed.GetType().FullName).SetStatus(ActivityStatusCode.Error, failed.Message);
            throw;
        }
        finally
        {
            _duration.Record(clock.GetElapsedTime(start).TotalSeconds, tags);
        }
    }

    public Task MeasureAsync(string stage, Run run, Func<Task> work) => MeasureAsync(stage, run, async () =>
    {
        await work();
        return true;
    });

    public void Dispose() => _spans.Dispose();
}
