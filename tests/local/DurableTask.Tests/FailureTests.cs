using Microsoft.DurableTask.Client;

namespace Microsoft.DurableTask.Tests;

public sealed class FailureTests
{
    [Fact]
    public async Task A_failed_activity_reaches_the_orchestrator_with_type_message_and_cause()
    {
        TaskFailedException? caught = null;
        await using var host = await Host.StartAsync(runtime =>
        {
            runtime.AddActivity("Break", (_, _) => throw new InvalidOperationException("no more", new FormatException("odd")));
            runtime.AddOrchestrator("Careful", async context =>
            {
                try
                {
                    await context.CallActivityAsync("Break");
                }
                catch (TaskFailedException failed)
                {
                    caught = failed;
                }

                return "went on";
            });
        });

        var end = await host.RunAsync("Careful");

        Assert.Equal("went on", end.ReadOutputAs<string>());
        Assert.Equal("Task 'Break' (#0) failed with an unhandled exception: no more", caught!.Message);
        Assert.Equal("System.InvalidOperationException", caught.FailureDetails.ErrorType);
        Assert.True(caught.FailureDetails.IsCausedBy<InvalidOperationException>());
        Assert.True(caught.FailureDetails.IsCausedBy<SystemException>());
        Assert.False(caught.FailureDetails.IsCausedBy<FormatException>());
        Assert.Equal("System.FormatException: odd", caught.FailureDetails.InnerFailure!.ToString());
        Assert.Contains("FailureTests", caught.FailureDetails.StackTrace);
    }

    [Fact]
    public async Task An_unhandled_failure_fails_the_instance_and_says_why()
    {
        await using var host = await Host.StartAsync(runtime =>
        {
            runtime.AddActivity("Break", (_, _) => throw new InvalidOperationException("no more"));
            runtime.AddOrchestrator("Careless", async context =>
            {
                await context.CallActivityAsync("Break");
                return null;
            });
        });

        var end = await host.RunAsync("Careless");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.True(end.FailureDetails!.IsCausedBy<TaskFailedException>());
        Assert.Equal("no more", end.FailureDetails.InnerFailure!.ErrorMessage);
    }

    [Theory]
    [InlineData("Calls", "No activity task named 'Gone' was found.")]
    [InlineData("Missing", "No orchestrator task named 'Missing' was found.")]
    public async Task What_is_not_there_is_named_and_not_tried_again(string name, string message)
    {
        await using var host = await Host.StartAsync(runtime => runtime.AddOrchestrator("Calls", async context =>
        {
            await context.CallActivityAsync("Gone", options: new TaskOptions(new RetryPolicy(5, TimeSpan.FromHours(1))));
            return null;
        }));

        var end = await host.RunAsync(name);

        Assert.Equal(message, (end.FailureDetails!.InnerFailure ?? end.FailureDetails).ErrorMessage);
    }

    [Fact]
    public async Task Options_given_as_input_are_a_mistake_that_is_named()
    {
        await using var host = await Host.StartAsync(runtime => runtime.AddOrchestrator("Mistaken", async context =>
        {
            await context.CallActivityAsync("Any", input: new TaskOptions());
            return null;
        }));

        Assert.StartsWith("Found a TaskOptions as the activity's input", (await host.RunAsync("Mistaken")).FailureDetails!.ErrorMessage);
    }
}
