using System.Runtime.CompilerServices;
using Microsoft.Azure.Functions.Worker;

namespace Microsoft.DurableTask;

public static class TaskOrchestrationContextExtensionMethods
{
    private static readonly ConditionalWeakTable<TaskOrchestrationContext, FunctionContext> Contexts = [];

    /// <summary>The invocation that an orchestrator runs in; null outside a function.</summary>
    public static FunctionContext? GetFunctionContext(this TaskOrchestrationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Contexts.TryGetValue(context, out var found) ? found : null;
    }

    internal static void Remember(TaskOrchestrationContext context, FunctionContext function) => Contexts.AddOrUpdate(context, function);
}
