namespace Microsoft.DurableTask.Local;

/// <summary>Tries a call again as its options say; the waits are durable timers.</summary>
internal static class Retries
{
    public static Task<T> RunAsync<T>(TaskOrchestrationContext context, TaskRetryOptions? options, Func<Task<T>> call)
        => options switch
        {
            { Policy: { } policy } => ByPolicyAsync(context, policy, call),
            { Handler: { } handler } => ByHandlerAsync(context, handler, call),
            _ => call(),
        };

    /// <param name="retry">0 for the wait before the first retry.</param>
    /// <returns>Null when there is to be no further attempt.</returns>
    public static TimeSpan? NextDelay(RetryPolicy policy, int retry, DateTime firstAttempt, DateTime now, Exception failure)
    {
        if (retry + 1 >= policy.MaxNumberOfAttempts || !WantsRetry(policy, failure))
        {
            return null;
        }

        if (policy.RetryTimeout != Timeout.InfiniteTimeSpan && now - firstAttempt >= policy.RetryTimeout)
        {
            return null;
        }

        var longest = policy.MaxRetryInterval == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : policy.MaxRetryInterval;
        var milliseconds = policy.FirstRetryInterval.TotalMilliseconds * Math.Pow(policy.BackoffCoefficient, retry);
        return milliseconds < longest.TotalMilliseconds ? TimeSpan.FromMilliseconds(milliseconds) : longest;
    }

    private static async Task<T> ByPolicyAsync<T>(TaskOrchestrationContext context, RetryPolicy policy, Func<Task<T>> call)
    {
        var firstAttempt = context.CurrentUtcDateTime;
        for (var retry = 0; ; retry++)
        {
            try
            {
                return await call();
            }
            catch (TaskFailedException failed) when (!failed.IsNonRetriable)
            {
                if (NextDelay(policy, retry, firstAttempt, context.CurrentUtcDateTime, failed) is not { } delay)
                {
                    throw;
                }

                await context.CreateTimer(delay, CancellationToken.None);
            }
        }
    }

    private static async Task<T> ByHandlerAsync<T>(TaskOrchestrationContext context, AsyncRetryHandler handler, Func<Task<T>> call)
    {
        var firstAttempt = context.CurrentUtcDateTime;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (TaskFailedException failed) when (!failed.IsNonRetriable)
            {
                var elapsed = context.CurrentUtcDateTime - firstAttempt;
                if (!await handler(new(context, attempt, failed.FailureDetails, elapsed, CancellationToken.None)))
                {
                    throw;
                }
            }
        }
    }

    /// <summary>As officially: when the predicate itself throws, the call's own failure counts and is not retried.</summary>
    private static bool WantsRetry(RetryPolicy policy, Exception failure)
    {
        try
        {
            return policy.Handle(failure);
        }
        catch (Exception)
        {
            return false;
        }
    }
}
