namespace Microsoft.Azure.Functions.Worker.Local.Hosting;

/// <summary>What makes functions run without being asked over HTTP.</summary>
internal interface ITriggerListener
{
    Task StartAsync(CancellationToken cancel);

    /// <summary>Takes no more work, tells what runs to stop, and waits for it until <paramref name="cancel"/>.</summary>
    Task StopAsync(CancellationToken cancel);
}
