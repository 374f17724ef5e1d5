namespace Usage.Testing.Machine;

/// <summary>
/// How much is tried, by <c>USAGE_SCENARIOS</c>: nothing, little enough for every build; <c>long</c>, more; <c>full</c>, as much as is
/// promised.
/// </summary>
public static class TestSize
{
    private static readonly int Size = Environment.GetEnvironmentVariable("USAGE_SCENARIOS") switch
    {
        null or "" => 0,
        "long" => 1,
        "full" => 2,
        var other => throw new InvalidOperationException($"USAGE_SCENARIOS: found \"{other}\", expected long or full"),
    };

    public static bool IsSmall => Size == 0;

    public static bool IsFull => Size == 2;

    /// <param name="sizes">For every build, for long, and for full.</param>
    public static T Of<T>(params ReadOnlySpan<T> sizes) => sizes[Size];
}
