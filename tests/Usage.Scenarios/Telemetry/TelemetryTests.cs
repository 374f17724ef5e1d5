using System.Text;
using Usage.Functions.Tests.Exports;
using Usage.Scenarios.App;
using Usage.Scenarios.Imports;

namespace Usage.Scenarios.Telemetry;

/// <summary>What the app sends to a collector, which takes OpenTelemetry's protocol over HTTP: names stand in it as they are.</summary>
public sealed class TelemetryTests(TelemetryTests.ToldApp app) : IClassFixture<TelemetryTests.ToldApp>
{
    /// <summary>Tells its collector every second.</summary>
    public sealed class ToldApp : AppFixture, IAsyncLifetime
    {
        private ExportServer _collector = null!;

        /// <summary>All of a kind so far.</summary>
        /// <param name="kind"><c>traces</c> or <c>metrics</c>.</param>
        internal string Told(string kind) => string.Concat(_collector.Requests.Where(request => request.Path == $"/v1/{kind}").Select(request => Encoding.Latin1.GetString(request.Body)));

        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _collector.Url,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "1000",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "500",
        };

        async ValueTask IAsyncLifetime.InitializeAsync()
        {
            _collector = await ExportServer.StartAsync((_, _) => Task.CompletedTask);
            await InitializeAsync();
        }

        async ValueTask IAsyncDisposable.DisposeAsync()
        {
            await DisposeAsync();
            await _collector.DisposeAsync();
        }
    }

    [Fact]
    public async Task An_import_is_told_as_spans_and_metrics()
    {
        var page = await SourcePage.SetUpAsync(app);
        var run = await app.Api.ImportAsync(page.Integration, "x.csv", page.Csv);
        Assert.Equal("succeeded", run.GetProperty("status").GetString());

        string[] spans = ["usage.plan", "usage.read", "usage.decide", "usage.write", "usage.finish", "usage.run.id", run.GetProperty("id").GetString()!];
        string[] metrics =
        [
            "usage.runs", "usage.rows", "usage.snapshots", "usage.run.duration", "usage.run.wait.duration", "usage.stage.duration", "usage.storage.requests",
            "usage.row.outcome", "recorded", page.Integration,
        ];
        await Api.UntilAsync(() => Task.FromResult(Missing("traces", spans)), missing => missing.Length == 0);
        await Api.UntilAsync(() => Task.FromResult(Missing("metrics", metrics)), missing => missing.Length == 0);
    }

    private string Missing(string kind, string[] names)
    {
        var told = app.Told(kind);
        return string.Join(", ", names.Where(name => !told.Contains(name, StringComparison.Ordinal)));
    }
}
