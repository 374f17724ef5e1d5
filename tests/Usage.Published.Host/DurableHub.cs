using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.DurableTask.Protobuf;

namespace Usage.Published.Host;

/// <summary>Hands the work of an in-memory task hub to the worker, in the form in which the host's durable extension does.</summary>
public sealed class DurableHub(WorkerLink link, Uri address)
{
    /// <summary>What went wrong in orchestrators and activities.</summary>
    public ConcurrentQueue<string> Failures { get; } = new();

    /// <summary>Orchestrators that came to their end.</summary>
    public ConcurrentQueue<string> Ended { get; } = new();

    public async Task RunAsync(CancellationToken cancel)
    {
        using var channel = GrpcChannel.ForAddress(address);
        var hub = new TaskHubSidecarService.TaskHubSidecarServiceClient(channel);
        using var work = hub.GetWorkItems(new GetWorkItemsRequest(), cancellationToken: cancel);
        var running = new List<Task>();
        await foreach (var item in work.ResponseStream.ReadAllAsync(cancel))
        {
            if (item.OrchestratorRequest is { } orchestrator) running.Add(OrchestrateAsync(hub, orchestrator));
            else if (item.ActivityRequest is { } activity) running.Add(ActAsync(hub, activity));
        }

        await Task.WhenAll(running);
    }

    private async Task OrchestrateAsync(TaskHubSidecarService.TaskHubSidecarServiceClient hub, OrchestratorRequest request)
    {
        var name = request.PastEvents.Concat(request.NewEvents).First(e => e.ExecutionStarted is not null).ExecutionStarted.Name;
        var answer = await link.InvokeAsync(link.Find(name), new JsonObject { ["string"] = Convert.ToBase64String(request.ToByteArray()) });
        if ((string?)answer["returnValue"]?["string"] is not { } encoded)
        {
            Failures.Enqueue($"{name}: {answer.ToJsonString()}");
            return;
        }

        var response = OrchestratorResponse.Parser.ParseFrom(Convert.FromBase64String(encoded));
        await hub.CompleteOrchestratorTaskAsync(response);
        if (response.Actions.Select(action => action.CompleteOrchestration).FirstOrDefault(end => end is not null) is not { } end) return;
        if (end.FailureDetails is { } failure) Failures.Enqueue($"{name}: {failure.ErrorType} {failure.ErrorMessage}");
        Ended.Enqueue(name);
    }

    private async Task ActAsync(TaskHubSidecarService.TaskHubSidecarServiceClient hub, ActivityRequest request)
    {
        var answer = await link.InvokeAsync(link.Find(request.Name), new JsonObject { ["string"] = Input(request.Input) });
        var response = new ActivityResponse { InstanceId = request.OrchestrationInstance.InstanceId, TaskId = request.TaskId };
        if (WorkerLink.HasFailed(answer))
        {
            var thrown = answer["result"]!["exception"]!;
            Failures.Enqueue($"{request.Name}: {thrown["message"]}");
            response.FailureDetails = new TaskFailureDetails { ErrorType = $"{thrown["type"]}", ErrorMessage = $"{thrown["message"]}", StackTrace = $"{thrown["stackTrace"]}" };
        }
        else
        {
            response.Result = Output(answer["returnValue"]?.AsObject());
        }

        await hub.CompleteActivityTaskAsync(response);
    }

    // The one argument comes as an array of one; the extension takes it out.
    private static string Input(string? arguments) => arguments is null ? "null" : JsonNode.Parse(arguments)![0]?.ToJsonString() ?? "null";

    private static string? Output(JsonObject? value) => value switch
    {
        null => null,
        _ when value["json"] is { } json => (string)json!,
        _ when value["string"] is { } text => text.ToJsonString(),
        _ => throw new InvalidOperationException($"An activity returned {value.ToJsonString()}."),
    };
}
