using Microsoft.Azure.Functions.Worker.Context.Features;
using Microsoft.Azure.Functions.Worker.Local.Functions;

namespace Microsoft.Azure.Functions.Worker.Local.Invocation;

/// <summary>Binds once an invocation; a middleware that asked first may have changed the values.</summary>
internal sealed class InputBinding(FunctionDescriptor function) : IFunctionInputBindingFeature
{
    private FunctionInputBindingResult? bound;

    public async ValueTask<FunctionInputBindingResult> BindFunctionInputAsync(FunctionContext context)
    {
        if (bound is not null) return bound;
        var values = new object?[function.Parameters.Count];
        for (var i = 0; i < values.Length; i++) values[i] = await function.Parameters[i](context);
        return bound = new FunctionInputBindingResult(values);
    }
}
