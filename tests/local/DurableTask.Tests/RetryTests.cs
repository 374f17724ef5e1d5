using System.Collections.Concurrent;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Local;

namespace Microsoft.DurableTask.Tests;

public sealed class RetryTests
{
    private static readonly DateTime s_first = new(2026, 11, 23, 8, 0, 0, DateTimeKind.Utc);
    private static readonly TaskFailedException s_failed = new("A", 0, new TaskFailureDetails("System.FormatException", "odd", null, null, null));

    [Fact]
    public void Waits_grow_by_the_coefficient_up_to_the_longest()
    {
        var policy = new RetryPolicy(6, TimeSpan.FromSeconds(5), 2, maxRetryInterval: TimeSpan.FromSeconds(30));

        var waits = Enumerable.Range(0, 6).Select(retry => Retries.NextDelay(policy, retry, s_first, s_first, s_failed)?.TotalSeconds);

        Assert.Equal([5.0, 10, 20, 30, 30, null], waits);
    }

    [Fact]
    public void No_retry_is_begun_after_the_timeout()
    {
        var policy = new RetryPolicy(10, TimeSpan.FromSeconds(5), retryTimeout: TimeSpan.FromSeconds(60));

        Assert.NotNull(Retries.NextDelay(policy, 0, s_first, s_first.AddSeconds(59), s_failed));
        Assert.Null(Retries.NextDelay(policy, 0, s_first, s_first.AddSeconds(60), s_failed));
    }

    [Fact]
    public void The_default_longest_wait_is_an_hour_and_infinite_means_no_limit()
    {
        var hour = new RetryPolicy(10, TimeSpan.FromMinutes(50), 3);
        var endless = new RetryPolicy(10, TimeSpan.FromMinutes(50), 3, Timeout.InfiniteTimeSpan);

        Assert.Equal(60, Retries.NextDelay(hour, 1, s_first, s_first, s_failed)!.Value.TotalMinutes);
        Assert.Equal(150, Retries.NextDelay(endless, 1, s_first, s_first, s_failed)!.Value.TotalMinutes);
    }

    [Fact]
    public void A_failure_that_the_policy_does_not_handle_or_can_not_judge_is_final()
    {
        var picky = new RetryPolicy(10, TimeSpan.FromSeconds(5)) { HandleFailure = failure => failure.IsCausedBy<IOException>() };
        var broken = new RetryPolicy(10, TimeSpan.FromSeconds(5)) { HandleFailure = _ => throw new InvalidOperationException() };

        Assert.Null(Retries.NextDelay(picky, 0, s_first, s_first, s_failed));
        Assert.Null(Retries.NextDelay(broken, 0, s_first, s_first, s_failed));
    }

    [Fact]
    public void A_policy_outside_of_its_ranges_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RetryPolicy(0, TimeSpan.FromSeconds(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RetryPolicy(1, TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RetryPolicy(1, TimeSpan.FromSeconds(1), 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RetryPolicy(1, TimeSpan.FromSeconds(2), 1, TimeSpan.FromSeconds(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RetryPolicy(1, TimeSpan.FromSeconds(2), 1, null, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task A_call_is_tried_again_at_the_times_of_its_policy()
    {
        Host? host = null;
        var attempts = new ConcurrentQueue<DateTimeOffset>();
        await using var started = host = await Host.StartAsync(runtime =>
        {
            runtime.AddActivity("Flaky", (_, _) =>
            {
                attempts.Enqueue(host!.Clock.GetUtcNow());
                return attempts.Count < 3 ? throw new IOException("again") : Task.FromResult<object?>(attempts.Count);
            });
            runtime.AddOrchestrator("Patient", async context => await context.CallActivityAsync<int>(
                "Flaky", options: TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromMinutes(1), 2))));
        });

        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Patient");
        foreach (var minutes in new[] { 1, 2 })
        {
            await Host.UntilAsync(() => host.OpenTimers(id) == 1);
            host.Clock.Advance(TimeSpan.FromMinutes(minutes));
        }

        Assert.Equal(3, (await host.EndOf(id)).ReadOutputAs<int>());
        Assert.Equal([0.0, 1, 3], attempts.Select(time => (time - attempts.First()).TotalMinutes));
    }

    [Fact]
    public async Task A_handler_decides_with_the_attempt_and_the_failure()
    {
        var seen = new ConcurrentQueue<string>();
        await using var host = await Host.StartAsync(runtime =>
        {
            runtime.AddActivity("Flaky", (_, _) => throw new IOException("again"));
            runtime.AddOrchestrator("Asking", async context => await context.CallActivityAsync<int>(
                "Flaky",
                options: TaskOptions.FromRetryHandler(retry =>
                {
                    if (!retry.OrchestrationContext.IsReplaying)
                    {
                        seen.Enqueue($"{retry.LastAttemptNumber} {retry.LastFailure.ErrorMessage}");
                    }

                    return retry.LastAttemptNumber < 3;
                })));
        });

        var end = await host.RunAsync("Asking");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Equal(["1 again", "2 again", "3 again"], seen);
    }
}
