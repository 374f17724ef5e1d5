using System.Diagnostics;
using System.Diagnostics.Metrics;
using Usage.Core.Issues;
using Usage.Core.Runs;

namespace Usage.Functions.Telemetry;

/// <summary>What ended runs came to, as counters and times. A run whose end is cut short just then may be counted twice, or not.</summary>
public sealed class RunTelemetry
{
    private readonly Counter<long> _runs;
    private readonly Counter<long> _rows;
    private readonly Counter<long> _snapshots;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _wait;

    public RunTelemetry(IMeterFactory meters)
    {
        var meter = meters.Create(UsageTelemetry.Name);
        _runs = meter.CreateCounter<long>("usage.runs", "{run}", "Runs that have ended.");
        _rows = meter.CreateCounter<long>("usage.rows", "{row}", "Rows read, by what became of them.");
        _snapshots = meter.CreateCounter<long>("usage.snapshots", "{snapshot}", "Snapshots written.");
        _duration = meter.CreateHistogram(
            "usage.run.duration", "s", "Time from a run's start to its end.", tags: null, UsageTelemetry.Seconds);
        _wait = meter.CreateHistogram(
            "usage.run.wait.duration", "s", "Time from a file's arrival to its run's start.", tags: null, UsageTelemetry.Seconds);
    }

    public void Count(Run ended)
    {
        var tags = new TagList { { UsageTelemetry.Integration, ended.Integration?.Value }, { UsageTelemetry.RunKind,
            UsageTelemetry.Word(ended.Kind) } };
        CountRows(ended.Rows, tags);
        if (ended.Kind == RunKind.Import)
            foreach (var date in ended.Dates)
                _snapshots.Add(date.Snapshots, [.. tags, new(UsageTelemetry.Product, date.Product.Value)]);
        tags.Add(UsageTelemetry.RunStatus, UsageTelemetry.Word(ended.Status));
        if (ended.Error is { } error) tags.Add("error.type", error.Code);
        _runs.Add(1, tags);
        if (ended.StartedAt is not { } started) return;
        _wait.Record((started - ended.ArrivedAt).TotalSeconds, tags);
        if (ended.CompletedAt is { } completed) _duration.Record((completed - started).TotalSeconds, tags);
    }

    private void CountRows(RowCounts rows, TagList tags)
    {
        (RowOutcome Outcome, long Count)[] outcomes =
        [
            (RowOutcome.Recorded, rows.Recorded), (RowOutcome.Superseded, rows.Superseded), (RowOutcome.Empty, rows.Empty),
            (RowOutcome.Partial, rows.Partial),
            (RowOutcome.Unmatched, rows.Unmatched), (RowOutcome.Ambiguous, rows.Ambiguous), (RowOutcome.Invalid, rows.Invalid),
        ];
        foreach (var (outcome, count) in outcomes)
            if (count > 0) _rows.Add(count, [.. tags, new(UsageTelemetry.Outcome, UsageTelemetry.Word(outcome))]);
    }
}
