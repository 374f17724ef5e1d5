using System.Reflection;
using Microsoft.Azure.Functions.Worker.Context.Features;
using Microsoft.Azure.Functions.Worker.Local.Functions;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Azure.Functions.Worker.Local.Invocation;

/// <summary>The end of the pipeline: binds the parameters and calls the method.</summary>
internal static class FunctionExecution
{
    public static async Task ExecuteAsync(FunctionContext context)
    {
        var function = context.Features.Get<FunctionDescriptor>()!;
        var inputs = await context.Features.Get<IFunctionInputBindingFeature>()!.BindFunctionInputAsync(context);
        var instance = function.Method.IsStatic
            ? null
            : context.InstanceServices.GetRequiredService<IFunctionActivator>().CreateInstance(function.Method.DeclaringType!, context);
        var returned = function.Method.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, inputs.Values, null);
        if (returned is Task task)
        {
            await task;
            returned = function.TaskResult?.GetValue(task);
        }

        context.GetInvocationResult().Value = returned;
    }
}
