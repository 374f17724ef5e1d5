namespace Microsoft.Azure.Functions.Worker;

public abstract class RetryContext
{
    /// <summary>0 for the first try.</summary>
    public abstract int RetryCount { get; }

    public abstract int MaxRetryCount { get; }
}

internal sealed class LocalRetryContext(int retryCount, int maxRetryCount) : RetryContext
{
    public static readonly LocalRetryContext None = new(0, 0);

    public override int RetryCount { get; } = retryCount;

    public override int MaxRetryCount { get; } = maxRetryCount;
}
