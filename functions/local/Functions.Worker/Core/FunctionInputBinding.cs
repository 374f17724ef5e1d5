namespace Microsoft.Azure.Functions.Worker.Context.Features;

/// <summary>The values of a function's parameters, in order; a middleware may change them before the function runs.</summary>
public class FunctionInputBindingResult(object?[] values)
{
    public object?[] Values { get; } = values;
}

public interface IFunctionInputBindingFeature
{
    ValueTask<FunctionInputBindingResult> BindFunctionInputAsync(FunctionContext context);
}
