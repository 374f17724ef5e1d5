using System.Text;
using Usage.Testing.Servers;

namespace Usage.Scenarios.App;

/// <summary>Tells a collector every second what it does, may ask this machine for files, and knows two secrets.</summary>
public sealed class TellingApp : AppFixture, IAsyncLifetime
{
    public const string Name = "telling app";

    internal const string HookSecret = "hook secret";

    private ExportServer _collector = null!;

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _collector.Url,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "1000",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "500",
        ["Usage__Pulls__AllowedHosts"] = "127.0.0.1",
        ["Secrets__TOKEN"] = "s3cret",
        ["Secrets__TOKEN__Hosts"] = "127.0.0.1",
        ["Secrets__HOOK"] = HookSecret,
        ["Secrets__HOOK__Hosts"] = "127.0.0.1",
    };

    /// <summary>All of a kind so far.</summary>
    /// <param name="kind"><c>traces</c> or <c>metrics</c>.</param>
    internal string Told(string kind) =>
        string.Concat(_collector.Requests.Where(request => request.Path == $"/v1/{kind}")
            .Select(request => Encoding.Latin1.GetString(request.Body)));

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

[CollectionDefinition(TellingApp.Name)]
public sealed class Telling : ICollectionFixture<TellingApp>;
