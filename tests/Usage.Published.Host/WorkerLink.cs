using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Google.Protobuf;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;

namespace Usage.Published.Host;

/// <summary>The host's end of the stream that it shares with the worker: has it index its functions, loads them, invokes them.</summary>
public sealed class WorkerLink(string folder)
{
    private readonly Channel<JsonObject> _outgoing = Channel.CreateUnbounded<JsonObject>();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonObject>> _invocations = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _unloaded;

    /// <summary>Once every function is loaded; fails with the worker's words if one isn't.</summary>
    public Task Ready => _ready.Task;

    public List<Function> Functions { get; } = [];

    /// <summary>Where the worker takes HTTP itself.</summary>
    public Uri? Http { get; private set; }

    /// <summary>What a durable client's parameter gets.</summary>
    public string Client { get; set; } = "";

    /// <summary>Errors that the worker logged.</summary>
    public ConcurrentQueue<string> Complaints { get; } = new();

    public Function Find(string name) => Functions.Single(function => function.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <param name="function">The function.</param>
    /// <param name="trigger">What its trigger's parameter gets, as a TypedData.</param>
    /// <param name="id">Of the invocation.</param>
    /// <param name="bindingData">Values for parameters by name, such as a route's.</param>
    /// <returns>An InvocationResponse.</returns>
    public Task<JsonObject> InvokeAsync(Function function, JsonObject trigger, string? id = null, IEnumerable<KeyValuePair<string, object?>>? bindingData = null)
    {
        id ??= Guid.NewGuid().ToString();
        var done = _invocations[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Send("invocationRequest", new JsonObject
        {
            ["invocationId"] = id,
            ["functionId"] = function.Id,
            ["inputData"] = function.Inputs(trigger, Client),
            ["triggerMetadata"] = new JsonObject((bindingData ?? []).Select(
                value => KeyValuePair.Create<string, JsonNode?>(value.Key, new JsonObject { ["string"] = value.Value?.ToString() }))),
            ["traceContext"] = new JsonObject(),
            ["retryContext"] = new JsonObject(),
        });
        return done.Task;
    }

    private async Task TalkAsync(IAsyncStreamReader<IMessage> incoming, IServerStreamWriter<IMessage> outgoing, ServerCallContext context)
    {
        var writing = WriteAsync(outgoing, context.CancellationToken);
        await foreach (var message in incoming.ReadAllAsync(context.CancellationToken)) Take(Messages.Read(message));
        await writing;
    }

    private async Task WriteAsync(IServerStreamWriter<IMessage> outgoing, CancellationToken cancel)
    {
        await foreach (var message in _outgoing.Reader.ReadAllAsync(cancel)) await outgoing.WriteAsync(Messages.Write(message), cancel);
    }

    private void Send(string kind, JsonObject body) =>
        _outgoing.Writer.TryWrite(new JsonObject { ["requestId"] = Guid.NewGuid().ToString(), [kind] = body });

    private void Take(JsonObject message)
    {
        var (kind, body) = message.Where(member => member.Key != "requestId").Select(member => (member.Key, member.Value!.AsObject())).Single();
        switch (kind)
        {
            case "startStream":
                Send("workerInitRequest", new JsonObject { ["hostVersion"] = "4.1000.0", ["workerDirectory"] = folder, ["functionAppDirectory"] = folder });
                break;
            case "workerInitResponse":
                Http = new Uri((string)body["capabilities"]!["HttpUri"]!);
                Send("functionsMetadataRequest", new JsonObject { ["functionAppDirectory"] = folder });
                break;
            case "functionMetadataResponse":
                Functions.AddRange(body["functionMetadataResults"]!.AsArray().Select(found => Function.Read(found!.AsObject(), folder)));
                _unloaded = Functions.Count;
                foreach (var function in Functions) Send("functionLoadRequest", new JsonObject { ["functionId"] = function.Id, ["metadata"] = function.Metadata.DeepClone() });
                break;
            case "functionLoadResponse" when HasFailed(body):
                _ready.TrySetException(new InvalidOperationException(body.ToJsonString()));
                break;
            case "functionLoadResponse":
                if (--_unloaded == 0) _ready.TrySetResult();
                break;
            case "invocationResponse":
                if (_invocations.TryRemove((string)body["invocationId"]!, out var done)) done.TrySetResult(body);
                break;
            case "rpcLog" when (string?)body["level"] is "Error" or "Critical":
                Complaints.Enqueue($"{body["category"]}: {body["message"]} {body["exception"]?["message"]}");
                break;
        }
    }

    public static bool HasFailed(JsonObject response) => (string?)response["result"]?["status"] == "Failure";

    /// <summary>Tells the server of the stream, which no generated base class does here.</summary>
    internal sealed class Service : IServiceMethodProvider<WorkerLink>
    {
        public void OnServiceMethodDiscovery(ServiceMethodProviderContext<WorkerLink> context) =>
            context.AddDuplexStreamingMethod(Messages.EventStream, [], (link, incoming, outgoing, call) => link.TalkAsync(incoming, outgoing, call));
    }
}
