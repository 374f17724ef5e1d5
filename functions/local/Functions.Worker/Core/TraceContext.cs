using System.Collections.Immutable;
using System.Diagnostics;

namespace Microsoft.Azure.Functions.Worker;

public abstract class TraceContext
{
    /// <summary>W3C trace parent of the invocation; empty when nobody traces.</summary>
    public abstract string TraceParent { get; }

    public abstract string TraceState { get; }

    public virtual IReadOnlyDictionary<string, string> Attributes => ImmutableDictionary<string, string>.Empty;

    public virtual IReadOnlyDictionary<string, string> Baggage => ImmutableDictionary<string, string>.Empty;
}

internal sealed class LocalTraceContext(Activity? activity) : TraceContext
{
    public override string TraceParent { get; } = activity?.Id ?? "";

    public override string TraceState { get; } = activity?.TraceStateString ?? "";
}
