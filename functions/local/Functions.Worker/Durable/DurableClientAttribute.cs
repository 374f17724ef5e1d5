using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

public sealed class DurableClientAttribute : InputBindingAttribute
{
    /// <summary>Officially another task hub; on one machine there is one.</summary>
    public string? TaskHub { get; set; }

    public string? ConnectionName { get; set; }
}
