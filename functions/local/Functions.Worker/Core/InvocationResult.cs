namespace Microsoft.Azure.Functions.Worker;

public abstract class InvocationResult<T>
{
    /// <summary>What the function returned; setting it replaces that. Null before the function ran.</summary>
    public abstract T? Value { get; set; }
}

public abstract class InvocationResult : InvocationResult<object>;

/// <summary>Where the one value of an invocation is kept, whatever type it is looked at through.</summary>
internal sealed class ResultSlot
{
    public object? Value { get; set; }
}

internal sealed class LocalInvocationResult(ResultSlot slot) : InvocationResult
{
    public override object? Value
    {
        get => slot.Value;
        set => slot.Value = value;
    }
}

internal sealed class LocalInvocationResult<T>(ResultSlot slot) : InvocationResult<T>
{
    public override T? Value
    {
        get => (T?)slot.Value;
        set => slot.Value = value;
    }
}
