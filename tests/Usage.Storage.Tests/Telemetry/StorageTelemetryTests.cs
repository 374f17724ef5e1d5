using System.Diagnostics.Metrics;
using System.Net;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Usage.Storage.Telemetry;

namespace Usage.Storage.Tests.Telemetry;

public sealed class StorageTelemetryTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MeterListener _listener = new();
    private readonly List<string> _measured = [];

    public StorageTelemetryTests()
    {
        var meters = _services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, meters)) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            _measured.Add($"{instrument.Name} {string.Join(' ', tags.ToArray().Select(tag => tag.Value))} {value}"));
        _listener.Start();
    }

    [Fact]
    public async Task Counts_every_try_and_those_that_were_put_off()
    {
        await ListAsync(HttpStatusCode.ServiceUnavailable, HttpStatusCode.TooManyRequests, HttpStatusCode.OK);

        Assert.Equal(
            [
                "usage.storage.throttles table GET 1", "usage.storage.requests table GET 503 1",
                "usage.storage.throttles table GET 1", "usage.storage.requests table GET 429 1",
                "usage.storage.requests table GET 200 1",
            ],
            _measured);
    }

    [Fact]
    public async Task Counts_a_try_without_an_answer()
    {
        await ListAsync(null, HttpStatusCode.OK);

        Assert.Equal(["usage.storage.requests table GET no-answer 1", "usage.storage.requests table GET 200 1"], _measured);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _services.Dispose();
    }

    /// <param name="answers">In turn; null breaks off.</param>
    private async Task ListAsync(params HttpStatusCode?[] answers)
    {
        using var handler = new Answers(answers);
        var options = new TableClientOptions { Transport = new HttpClientTransport(handler) };
        options.Retry.Delay = options.Retry.MaxDelay = TimeSpan.FromMilliseconds(1);
        options.AddPolicy(new StorageTelemetry(_services.GetRequiredService<IMeterFactory>(), "table"), HttpPipelinePosition.PerRetry);
        var tables = new TableServiceClient(new Uri("http://127.0.0.1/account"), new TableSharedKeyCredential("account", "a2V5"), options);
        await foreach (var table in tables.QueryAsync(cancellationToken: TestContext.Current.CancellationToken))
            Assert.Fail($"{table.Name} isn't there");
    }

    private sealed class Answers(HttpStatusCode?[] answers) : HttpMessageHandler
    {
        private int _next;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            answers[_next++] is { } status
                ? Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent("{\"value\":[]}") })
                : throw new HttpRequestException("broken off");
    }
}
