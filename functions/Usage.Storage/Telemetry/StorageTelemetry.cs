using System.Diagnostics;
using System.Diagnostics.Metrics;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Usage.Storage.Telemetry;

/// <summary>
/// Counts each request to storage, retries too, as <c>usage.storage.requests</c>, and those that were told to come back later as
/// <c>usage.storage.throttles</c>.
/// </summary>
public sealed class StorageTelemetry : HttpPipelinePolicy
{
    /// <summary>Of the meter.</summary>
    public const string Name = "Usage.Storage";

    private readonly Counter<long> _requests;
    private readonly Counter<long> _throttles;
    private readonly string _service;

    /// <param name="service"><c>table</c> or <c>blob</c>.</param>
    public StorageTelemetry(IMeterFactory meters, string service)
    {
        var meter = meters.Create(Name);
        _requests = meter.CreateCounter<long>("usage.storage.requests", "{request}", "Requests to storage, retries included.");
        _throttles = meter.CreateCounter<long>("usage.storage.throttles", "{request}", "Requests that storage put off with 429 or 503.");
        _service = service;
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        try
        {
            ProcessNext(message, pipeline);
        }
        finally
        {
            Count(message);
        }
    }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        try
        {
            await ProcessNextAsync(message, pipeline);
        }
        finally
        {
            Count(message);
        }
    }

    private void Count(HttpMessage message)
    {
        var tags = new TagList { { "usage.storage.service", _service }, { "http.request.method", message.Request.Method.Method } };
        if (message.HasResponse)
        {
            if (message.Response.Status is 429 or 503) _throttles.Add(1, tags);
            tags.Add("http.response.status_code", message.Response.Status);
        }
        else
        {
            tags.Add("error.type", "no-answer");
        }

        _requests.Add(1, tags);
    }
}
