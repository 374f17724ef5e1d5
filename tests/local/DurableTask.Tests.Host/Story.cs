using Microsoft.DurableTask.Local;

namespace Microsoft.DurableTask.Crashing;

/// <summary>An orchestration that uses all there is; its output is the same however often it is interrupted.</summary>
internal static class Story
{
    private static readonly TimeSpan s_moment = TimeSpan.FromMilliseconds(10);

    public static void AddTo(DurableRuntime runtime, string effects)
    {
        Directory.CreateDirectory(effects);
        runtime.AddActivity("Mark", (activity, _) =>
        {
            var name = (string)activity.GetInput(typeof(string))!;
            File.AppendAllText(Path.Combine(effects, name), "x");
            return Task.FromResult<object?>(name);
        });
        runtime.AddActivity("Break", (_, _) => throw new IOException("always"));
        runtime.AddOrchestrator("Child", ChildAsync);
        runtime.AddOrchestrator("Voter", VoteAsync);
        runtime.AddOrchestrator("Main", MainAsync);
    }

    private static Task<string> Mark(this TaskOrchestrationContext context, string name)
        => context.CallActivityAsync<string>("Mark", name);

    private static async Task<object?> MainAsync(TaskOrchestrationContext context)
    {
        var (number, said) = context.GetInput<Round>()!;
        context.SetCustomStatus(new { round = number });
        if (number == 1)
        {
            return said + await context.Mark("c") + await MoreVotesAsync(context);
        }

        said += await context.Mark("a");
        var child = context.CallSubOrchestratorAsync<string>("Child", "child");
        said += string.Concat(await Task.WhenAll(Enumerable.Range(0, 3).Select(i => context.Mark($"b{i}"))));
        await context.CreateTimer(s_moment, CancellationToken.None);
        said += await child;
        said += await TryAsync(context);

        var voter = context.CallSubOrchestratorAsync("Voter", context.InstanceId, new TaskOptions().WithInstanceId("voter"));
        for (var i = 0; i < 3; i++)
        {
            said += await context.WaitForExternalEvent<int>("vote");
        }

        await voter;
        context.ContinueAsNew(new Round(1, said));
        return null;
    }

    private static async Task<object?> ChildAsync(TaskOrchestrationContext context)
    {
        var first = await context.Mark(context.GetInput<string>()! + "1");
        await context.CreateTimer(s_moment, CancellationToken.None);
        return first + await context.Mark(context.GetInput<string>()! + "2");
    }

    private static async Task<object?> VoteAsync(TaskOrchestrationContext context)
    {
        var target = context.GetInput<string>()!;
        context.SendEvent(target, "vote", 1);
        context.SendEvent(target, "vote", 2);
        await context.Mark("between");
        context.SendEvent(target, "vote", 3);
        return null;
    }

    private static async Task<string> TryAsync(TaskOrchestrationContext context)
    {
        try
        {
            return await context.CallActivityAsync<string>("Break", options: new TaskOptions(new RetryPolicy(2, s_moment)));
        }
        catch (TaskFailedException failed)
        {
            return $"[{failed.FailureDetails}]";
        }
    }

    /// <summary>A vote that came twice would be found here.</summary>
    private static async Task<string> MoreVotesAsync(TaskOrchestrationContext context)
    {
        try
        {
            return $"and {await context.WaitForExternalEvent<int>("vote", s_moment)}";
        }
        catch (OperationCanceledException)
        {
            return "";
        }
    }

    internal sealed record Round(int Number, string Said);
}
