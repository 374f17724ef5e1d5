namespace Microsoft.Azure.Functions.Worker;

public abstract class BindingContext
{
    /// <summary>What the trigger knows by name: route values, parts of a blob's path. Names ignore case.</summary>
    public abstract IReadOnlyDictionary<string, object?> BindingData { get; }
}

internal sealed class LocalBindingContext(IReadOnlyDictionary<string, object?> data) : BindingContext
{
    public override IReadOnlyDictionary<string, object?> BindingData { get; } = data;
}
