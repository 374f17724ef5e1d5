using Microsoft.Azure.Functions.Worker.Context.Features;

namespace Microsoft.Azure.Functions.Worker;

public static class FunctionContextBindingFeatureExtensions
{
    public static InvocationResult GetInvocationResult(this FunctionContext context) => new LocalInvocationResult(Slot(context));

    public static InvocationResult<T> GetInvocationResult<T>(this FunctionContext context) => new LocalInvocationResult<T>(Slot(context));

    /// <summary>Binds one parameter ahead of the function; the function gets the same value.</summary>
    public static async ValueTask<InputBindingData<T>> BindInputAsync<T>(this FunctionContext context, BindingMetadata bindingMetadata)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(bindingMetadata);
        var feature = context.Features.Get<IFunctionInputBindingFeature>()
            ?? throw new InvalidOperationException("This invocation has no input binding feature.");
        var bound = await feature.BindFunctionInputAsync(context);
        for (var i = 0; i < bound.Values.Length; i++)
            if (context.FunctionDefinition.Parameters[i].Name == bindingMetadata.Name)
                return new LocalInputBindingData<T>(bindingMetadata, bound.Values, i);
        throw new InvalidOperationException(
            $"Function '{context.FunctionDefinition.Name}' has no parameter '{bindingMetadata.Name}'.");
    }

    private static ResultSlot Slot(FunctionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Features.Get<ResultSlot>() is { } slot) return slot;
        context.Features.Set(slot = new ResultSlot());
        return slot;
    }
}
