using System.Reflection;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker.Local.Functions;

/// <summary>Where a parameter's value comes from. It completes at once wherever nothing must be read.</summary>
internal delegate ValueTask<object?> ParameterSource(FunctionContext context);

/// <summary>A method that is a function, with all that its invocation needs.</summary>
internal sealed record FunctionDescriptor
{
    public required string Name { get; init; }

    public required MethodInfo Method { get; init; }

    public required TriggerBindingAttribute Trigger { get; init; }

    public required ParameterInfo TriggerParameter { get; init; }

    public required FunctionDefinition Definition { get; init; }

    /// <summary>One a parameter, in order.</summary>
    public required IReadOnlyList<ParameterSource> Parameters { get; init; }

    /// <summary>Reads the result of the task that the method returns; null when there is none.</summary>
    public required PropertyInfo? TaskResult { get; init; }
}
