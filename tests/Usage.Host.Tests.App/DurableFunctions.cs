using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Usage.Host.Tests.App;

public sealed class DurableFunctions(Journal journal)
{
    private static readonly TaskOptions ThreeTries = TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromMilliseconds(100)));

    [Function(nameof(Start))]
    public static async Task<IResult> Start(
        [HttpTrigger("post", Route = "start/{name}/{id}")] HttpRequest request, string name, string id,
        [DurableClient] DurableTaskClient client)
    {
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(name, request.Query["input"].ToString(), new StartOrchestrationOptions(id));
            return Results.Accepted();
        }
        catch (Exception refused)
        {
            return Results.Text(refused.GetType().Name, statusCode: StatusCodes.Status409Conflict);
        }
    }

    [Function(nameof(Look))]
    public static async Task<IResult> Look(
        [HttpTrigger("get", Route = "look/{id}")] HttpRequest request, string id, [DurableClient] DurableTaskClient client) =>
        await client.GetInstanceAsync(id, getInputsAndOutputs: true) is { } found
            ? Results.Text($"{found.RuntimeStatus} {found.SerializedOutput} {found.FailureDetails?.InnerFailure?.ErrorMessage}".Trim())
            : Results.NotFound();

    [Function(nameof(Raise))]
    public static async Task<IResult> Raise(
        [HttpTrigger("post", Route = "raise/{id}/{name}")] HttpRequest request, string id, string name,
        [DurableClient] DurableTaskClient client)
    {
        await client.RaiseEventAsync(id, name, "raised");
        return Results.Accepted();
    }

    [Function(nameof(Purge))]
    public static async Task<IResult> Purge(
        [HttpTrigger("post", Route = "purge")] HttpRequest request, [DurableClient] DurableTaskClient client)
    {
        var ended = new PurgeInstancesFilter(
            CreatedTo: DateTimeOffset.UtcNow, Statuses: [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed]);
        return Results.Text($"{(await client.PurgeAllInstancesAsync(ended)).PurgedInstanceCount}");
    }

    /// <summary>Four activities one after the other, the third of which waits for its gate.</summary>
    [Function(nameof(Sum))]
    public static async Task<int> Sum([OrchestrationTrigger] TaskOrchestrationContext context, string gate)
    {
        var total = 0;
        for (var i = 1; i <= 4; i++)
            total += await context.CallActivityAsync<int>(nameof(Square), new SquareInput(i, context.InstanceId, i == 3 ? gate : ""));
        return total;
    }

    [Function(nameof(FanOut))]
    public static async Task<int> FanOut([OrchestrationTrigger] TaskOrchestrationContext context, string count)
    {
        var parts = Enumerable.Range(1, int.Parse(count, System.Globalization.CultureInfo.InvariantCulture))
            .Select(i => context.CallSubOrchestratorAsync<int>(nameof(Sum), ""));
        return (await Task.WhenAll(parts)).Sum();
    }

    /// <summary>Begins anew, with what it has counted as its input, until an event comes.</summary>
    [Function(nameof(Rounds))]
    public async Task<string> Rounds([OrchestrationTrigger] TaskOrchestrationContext context, string rounds)
    {
        if (!context.IsReplaying) journal.Add($"round {rounds.Length} of {context.InstanceId}");
        using var stop = new CancellationTokenSource();
        var timer = context.CreateTimer(context.CurrentUtcDateTime.AddMilliseconds(200), stop.Token);
        var asked = context.WaitForExternalEvent<string>("Go", stop.Token);
        if (await Task.WhenAny(timer, asked) == asked)
        {
            stop.Cancel(); // An orchestrator awaits nothing but its context's tasks.
            return $"{rounds} {asked.Result}";
        }

        context.ContinueAsNew($"{rounds}0");
        return "";
    }

    [Function(nameof(Failing))]
    public static async Task<string> Failing([OrchestrationTrigger] TaskOrchestrationContext context, string message)
    {
        try
        {
            await context.CallActivityAsync(nameof(Fail), message, ThreeTries);
            return "it didn't fail";
        }
        catch (TaskFailedException failed)
        {
            return $"{failed.FailureDetails.ErrorType}: {failed.FailureDetails.ErrorMessage}";
        }
    }

    /// <summary>Does something else at each replay, as an orchestrator does whose code has changed meanwhile.</summary>
    [Function(nameof(Changing))]
    public async Task<int> Changing([OrchestrationTrigger] TaskOrchestrationContext context, string gate)
    {
        var first = context.IsReplaying ? nameof(Fail) : nameof(Square);
        await context.CallActivityAsync<int>(first, new SquareInput(1, context.InstanceId, ""));
        return 1;
    }

    [Function(nameof(Square))]
    public async Task<int> Square([ActivityTrigger] SquareInput input)
    {
        journal.Add($"square {input.Number} of {input.Of}");
        if (input.Gate.Length > 0) await journal.WaitForAsync(input.Gate);
        journal.Add($"squared {input.Number} of {input.Of}");
        return input.Number * input.Number;
    }

    [Function(nameof(Fail))]
    public void Fail([ActivityTrigger] string message)
    {
        journal.Add($"fail {message}");
        throw new InvalidOperationException(message);
    }

    public sealed record SquareInput(int Number, string Of, string Gate);
}
