using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace Usage.Functions.Tests.Telemetry;

/// <summary>What is measured with meters of its own factory, and the spans that end meanwhile.</summary>
internal sealed class Collected : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MeterListener _meters = new();
    private readonly ActivityListener _spans;

    public Collected(string source)
    {
        Meters = _services.GetRequiredService<IMeterFactory>();
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, Meters)) listener.EnableMeasurementEvents(instrument);
        };
        _meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _meters.Start();
        _spans = new ActivityListener
        {
            ShouldListenTo = found => found.Name == source,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = Spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_spans);
    }

    public IMeterFactory Meters { get; }

    public ConcurrentQueue<Activity> Spans { get; } = new();

    /// <summary>As <c>name{tag=value,…} measurement</c>.</summary>
    public ConcurrentQueue<string> Measured { get; } = new();

    public void Dispose()
    {
        _spans.Dispose();
        _meters.Dispose();
        _services.Dispose();
    }

    private void Add<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var shown = string.Join(',', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"));
        Measured.Enqueue(FormattableString.Invariant($"{instrument.Name}{{{shown}}} {value}"));
    }
}
