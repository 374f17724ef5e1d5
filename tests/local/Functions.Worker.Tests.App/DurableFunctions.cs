using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Functions.Worker.Tests.App;

public sealed class DurableFunctions(Journal journal)
{
    [Function(nameof(StartSum))]
    public static async Task<IActionResult> StartSum(
        [HttpTrigger("post", Route = "sums/{id}/{count:int}")] HttpRequest request, string id, int count, [DurableClient] DurableTaskClient client)
    {
        await client.ScheduleNewOrchestrationInstanceAsync(
            nameof(SumUp), new SumInput(count, request.Query["gate"].ToString()), new StartOrchestrationOptions(id), request.HttpContext.RequestAborted);
        return new AcceptedResult("/api/sums/" + id, null);
    }

    [Function(nameof(GetSum))]
    public static async Task<IActionResult> GetSum(
        [HttpTrigger("get", Route = "sums/{id}")] HttpRequest request, string id, [DurableClient] DurableTaskClient client) =>
        await client.GetInstanceAsync(id, getInputsAndOutputs: true, request.HttpContext.RequestAborted) is { } found
            ? new OkObjectResult(new { status = found.RuntimeStatus.ToString(), output = found.SerializedOutput })
            : new NotFoundResult();

    [Function(nameof(SumUp))]
    public static async Task<string> SumUp([OrchestrationTrigger] TaskOrchestrationContext context, SumInput input)
    {
        var total = 0;
        for (var i = 1; i <= input.Count; i++) total += await context.CallActivityAsync<int>(nameof(Square), new SquareInput(i, input.Gate));
        return $"{total} {context.GetFunctionContext()?.Items["order"]}";
    }

    [Function(nameof(Square))]
    public async Task<int> Square([ActivityTrigger] SquareInput input, string instanceId, FunctionContext context, CancellationToken cancel)
    {
        journal.Add($"square {input.Number} of {instanceId} {context.Items["order"]}");
        if (input is { Number: 3, Gate.Length: > 0 })
            while (!File.Exists(input.Gate)) await Task.Delay(20, cancel);
        return input.Number * input.Number;
    }

    public sealed record SumInput(int Count, string Gate);

    public sealed record SquareInput(int Number, string Gate);
}
