using System.Text.Json.Nodes;
using System.Threading.Channels;
using Google.Protobuf;
using Grpc.Core;
using Usage.Host.Functions;
using Usage.Host.Settings;

namespace Usage.Host.Worker;

/// <summary>
/// By hand: the host's end of the worker protocol's stream. It loads the functions and invokes them; a worker that is started anew takes
/// the place of the one before.
/// </summary>
public sealed class WorkerChannel(string folder, IReadOnlyList<FunctionDefinition> functions, ILoggerFactory loggers)
{
    private readonly Lock _turn = new();
    private readonly Dictionary<string, TaskCompletionSource<JsonObject>> _invocations = [];
    private Channel<JsonObject> _outgoing = Channel.CreateUnbounded<JsonObject>();
    private TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _unloaded;

    /// <summary>Completes when the worker has loaded all functions; after <see cref="Lose"/> it is that of the next worker.</summary>
    public Task Ready => _ready.Task;

    public bool IsReady => Ready.IsCompletedSuccessfully;

    /// <summary>Where the worker itself takes HTTP requests.</summary>
    public Uri? Http { get; private set; }

    /// <summary>Invocations that haven't ended.</summary>
    public int Running
    {
        get
        {
            lock (_turn) return _invocations.Count;
        }
    }

    public async Task<JsonObject> InvokeAsync(
        FunctionDefinition function, string id, JsonArray inputs, IReadOnlyDictionary<string, string>? values,
        CancellationToken cancellationToken)
    {
        var request = new JsonObject
        {
            ["invocationId"] = id,
            ["functionId"] = function.Name,
            ["inputData"] = inputs,
            ["triggerMetadata"] = new JsonObject((values ?? new Dictionary<string, string>())
                .Select(value => KeyValuePair.Create<string, JsonNode?>(value.Key, new JsonObject { ["string"] = value.Value }))),
            ["traceContext"] = new JsonObject(),
            ["retryContext"] = new JsonObject(),
        };
        var done = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        while (!TryBegin(id, done, request)) await Ready.WaitAsync(cancellationToken);
        using var registered = cancellationToken.Register(() => Send("invocationCancel", new JsonObject { ["invocationId"] = id }));
        return await done.Task;
    }

    /// <summary>Asks the worker to end.</summary>
    public void Terminate(TimeSpan grace) => Send("workerTerminate", new JsonObject { ["gracePeriod"] = $"{grace.TotalSeconds}s" });

    /// <summary>The worker's process has ended: what it ran has failed, and what comes now waits for the next worker.</summary>
    public void Lose()
    {
        List<TaskCompletionSource<JsonObject>> lost;
        lock (_turn)
        {
            if (_ready.Task.IsCompleted) _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _outgoing = Channel.CreateUnbounded<JsonObject>();
            lost = [.. _invocations.Values];
            _invocations.Clear();
        }

        foreach (var invocation in lost) invocation.TrySetException(new WorkerProcessExitException());
    }

    internal async Task TalkAsync(IAsyncStreamReader<IMessage> incoming, IServerStreamWriter<IMessage> outgoing, ServerCallContext context)
    {
        var queue = _outgoing;
        var writing = WriteAsync(queue.Reader, outgoing, context.CancellationToken);
        try
        {
            await foreach (var message in incoming.ReadAllAsync(context.CancellationToken)) Take(WorkerMessages.Read(message));
        }
        catch (Exception broken) when (broken is IOException or OperationCanceledException)
        {
            // The worker has ended; whoever watches its process says so.
        }

        queue.Writer.TryComplete();
        await writing;
    }

    private static async Task WriteAsync(
        ChannelReader<JsonObject> queue, IServerStreamWriter<IMessage> outgoing, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var message in queue.ReadAllAsync(cancellationToken))
                await outgoing.WriteAsync(WorkerMessages.Write(message), cancellationToken);
        }
        catch (Exception broken) when (broken is OperationCanceledException or InvalidOperationException or IOException)
        {
            // As above: there is nobody left to write to.
        }
    }

    private bool TryBegin(string id, TaskCompletionSource<JsonObject> done, JsonObject request)
    {
        lock (_turn)
        {
            if (!IsReady) return false;
            _invocations.Add(id, done);
            Send("invocationRequest", request);
            return true;
        }
    }

    private void Send(string kind, JsonObject body) =>
        _outgoing.Writer.TryWrite(new JsonObject { ["requestId"] = Guid.NewGuid().ToString(), [kind] = body });

    private void Take(JsonObject message)
    {
        // A kind that this version of the protocol doesn't know comes without a body.
        var (kind, body) = message.Where(member => member.Key != "requestId").Select(member => (member.Key, member.Value!.AsObject()))
            .FirstOrDefault();
        switch (kind)
        {
            case "startStream":
                Send("workerInitRequest",
                    new JsonObject { ["hostVersion"] = "4.1000.0", ["workerDirectory"] = folder, ["functionAppDirectory"] = folder });
                break;
            case "workerInitResponse":
                Http = new Uri(body["capabilities"]!["HttpUri"].Text());
                _unloaded = functions.Count;
                foreach (var function in functions)
                    Send("functionLoadRequest",
                        new JsonObject { ["functionId"] = function.Name, ["metadata"] = function.Metadata.DeepClone() });
                break;
            case "functionLoadResponse" when HasFailed(body):
                var reason = body["result"]!["exception"]?["message"].Text();
                _ready.TrySetException(new HostException($"Function {body["functionId"].Text()} can't be loaded: {reason}"));
                break;
            case "functionLoadResponse":
                if (--_unloaded == 0) _ready.TrySetResult();
                break;
            case "invocationResponse":
                Find(body["invocationId"].Text())?.TrySetResult(body);
                break;
            case "rpcLog":
                Log(body);
                break;
        }
    }

    private static bool HasFailed(JsonObject answer) => answer["result"]?["status"].Text() == "Failure";

    private TaskCompletionSource<JsonObject>? Find(string invocation)
    {
        lock (_turn) return _invocations.Remove(invocation, out var done) ? done : null;
    }

    private void Log(JsonObject line)
    {
        if (!Enum.TryParse<LogLevel>(line["level"].Text(), out var level) || level == LogLevel.None) level = LogLevel.Trace;
        var exception = line["exception"];
        var thrown = exception is null
            ? "" : string.Join(Environment.NewLine, "", exception["message"].Text(), exception["stackTrace"].Text());
        loggers.CreateLogger((string?)line["category"] ?? "Worker").Log(level, "{Message}{Exception}", line["message"].Text(), thrown);
    }
}
