namespace Microsoft.DurableTask.Local;

internal static class TypedInput
{
    /// <summary>A missing input is the type's default; one of another type is the caller's mistake.</summary>
    public static T Of<T>(object? input) => input switch
    {
        T typed => typed,
        null => default!,
        _ => throw new ArgumentException($"Found an input of type {input.GetType()}, expected {typeof(T)}.", nameof(input)),
    };
}
