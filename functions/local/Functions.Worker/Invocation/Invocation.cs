using System.Collections.Immutable;
using Microsoft.Azure.Functions.Worker.Local.Functions;

namespace Microsoft.Azure.Functions.Worker.Local.Invocation;

/// <summary>One call of a function, as its trigger asks for it.</summary>
internal sealed record Invocation
{
    public required FunctionDescriptor Function { get; init; }

    /// <summary>What the trigger's room put there to find it again when the trigger's parameter is bound.</summary>
    public required Action<IInvocationFeatures> Input { get; init; }

    public IReadOnlyDictionary<string, object?> Data { get; init; } = ImmutableDictionary<string, object?>.Empty;

    /// <summary>An existing scope to run in; null makes one.</summary>
    public IServiceProvider? Services { get; init; }

    public CancellationToken Cancel { get; init; }
}
