using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Local;

namespace Microsoft.Azure.Functions.Worker.Local.Durable;

/// <summary>Where invocations find the durable runtime.</summary>
internal sealed class DurableHub
{
    public DurableRuntime? Runtime { get; set; }

    public DurableTaskClient Client => Runtime?.Client ?? throw new InvalidOperationException("The app has no durable functions.");
}
