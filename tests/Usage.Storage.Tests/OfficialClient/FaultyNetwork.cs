using System.Collections.Concurrent;
using System.Net;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;

namespace Usage.Storage.Tests.OfficialClient;

/// <summary>What becomes of a request.</summary>
public enum Fault
{
    None,

    /// <summary>The service never sees it.</summary>
    LostRequest,

    /// <summary>The service does it, and nobody hears of it.</summary>
    LostAnswer,

    /// <summary>The service is busy: 503.</summary>
    Busy,
}

/// <summary>Stands before the emulator and does to each request in turn what the script says, nothing once that is over.</summary>
public sealed class FaultyNetwork(params Fault[] script) : DelegatingHandler(new SocketsHttpHandler())
{
    private readonly ConcurrentQueue<Fault> _script = new(script);

    /// <summary>Bodies of the requests, in order.</summary>
    public ConcurrentQueue<string> Sent { get; } = [];

    /// <summary>A client on this network, with the default retries but for their waits.</summary>
    public TableClient Table(string connection, string name, TableClientOptions? options = null)
    {
        options ??= new TableClientOptions();
        options.Transport = new HttpClientTransport(new HttpClient(this));
        (options.Retry.Mode, options.Retry.Delay) = (RetryMode.Fixed, TimeSpan.FromMilliseconds(1));
        return new TableClient(connection, name, options);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var fault = _script.TryDequeue(out var next) ? next : Fault.None;
        Sent.Enqueue(request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken));
        if (fault == Fault.Busy) return new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) { RequestMessage = request };
        if (fault == Fault.LostRequest) throw new HttpRequestException("the request got lost");
        var answer = await base.SendAsync(request, cancellationToken);
        if (fault != Fault.LostAnswer) return answer;
        answer.Dispose();
        throw new HttpRequestException("the answer got lost");
    }
}
