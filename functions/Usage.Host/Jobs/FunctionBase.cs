namespace Usage.Host.Jobs;

/// <summary>What the emitted methods call.</summary>
public abstract class FunctionBase(FunctionInvoker invoker)
{
    public Task<object?> InvokeAsync(string name, object?[] arguments, CancellationToken cancellationToken) =>
        invoker.InvokeAsync(name, arguments, cancellationToken);
}
