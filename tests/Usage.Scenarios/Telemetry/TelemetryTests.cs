using Usage.Scenarios.App;
using Usage.Scenarios.Imports;

namespace Usage.Scenarios.Telemetry;

/// <summary>What the app sends to a collector, which takes OpenTelemetry's protocol over HTTP: names stand in it as they are.</summary>
[Collection(TellingApp.Name)]
public sealed class TelemetryTests(TellingApp app)
{
    [Fact]
    public async Task An_import_is_told_as_spans_and_metrics()
    {
        var page = await SourcePage.SetUpAsync(app);
        var run = await app.Api.ImportAsync(page.Integration, "x.csv", page.Csv);
        Assert.Equal("succeeded", run.GetProperty("status").GetString());

        string[] spans = ["usage.plan", "usage.read", "usage.decide", "usage.write", "usage.finish", "usage.run.id",
            run.GetProperty("id").GetString()!];
        string[] metrics =
        [
            "usage.runs", "usage.rows", "usage.snapshots", "usage.run.duration", "usage.run.wait.duration", "usage.stage.duration",
            "usage.storage.requests",
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
