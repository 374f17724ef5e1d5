using Microsoft.DurableTask;

namespace Usage.Functions.Imports;

/// <summary>How often an activity is tried; each try has the storage client's own three retries inside.</summary>
internal static class Retries
{
    /// <summary>6 tries with waits of 1, 2, 4, 8 and 16 s: half a minute on top of what the clients wait for.</summary>
    public static readonly TaskOptions Step =
        TaskOptions.FromRetryPolicy(new RetryPolicy(6, TimeSpan.FromSeconds(1), 2, TimeSpan.FromSeconds(30)));

    /// <summary>120 tries, a minute apart in the end: two hours, since a run whose end isn't saved would seem to run for ever.</summary>
    public static readonly TaskOptions UntilStorageIsBack =
        TaskOptions.FromRetryPolicy(new RetryPolicy(120, TimeSpan.FromSeconds(1), 2, TimeSpan.FromMinutes(1)));
}
