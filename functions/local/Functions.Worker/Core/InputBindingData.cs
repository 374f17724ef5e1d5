namespace Microsoft.Azure.Functions.Worker;

public abstract class InputBindingData<T>
{
    public abstract BindingMetadata BindingMetadata { get; }

    /// <summary>Setting it changes what the function is given.</summary>
    public abstract T? Value { get; set; }
}

internal sealed class LocalInputBindingData<T>(BindingMetadata metadata, object?[] values, int index) : InputBindingData<T>
{
    public override BindingMetadata BindingMetadata { get; } = metadata;

    public override T? Value
    {
        get => (T?)values[index];
        set => values[index] = value;
    }
}
