namespace Usage.Testing.Machine;

/// <summary>
/// How much is tried, by <c>USAGE_SCENARIOS</c>: nothing, a short form of each suite, for whoever changes something; <c>ci</c>, as
/// <c>.ci/run</c> does; <c>long</c>, more; <c>full</c>, as much as is promised.
/// </summary>
public static class TestSize
{
    /// <summary>Why a test is left out of the short form.</summary>
    public const string Slow = "left out of the short form: USAGE_SCENARIOS=ci tries it, as .ci/run does";

    /// <summary>Why a test is left out of CI.</summary>
    public const string VerySlow = "takes minutes: USAGE_SCENARIOS=long tries it";

    private static readonly int Size = Environment.GetEnvironmentVariable("USAGE_SCENARIOS") switch
    {
        null or "" => 0,
        "ci" => 1,
        "long" => 2,
        "full" => 3,
        var other => throw new InvalidOperationException($"USAGE_SCENARIOS: found \"{other}\", expected ci, long or full"),
    };

    public static bool IsCi => Size >= 1;

    public static bool IsLong => Size >= 2;

    public static bool IsFull => Size == 3;

    /// <param name="sizes">Short, for CI, long, and full.</param>
    public static T Of<T>(params ReadOnlySpan<T> sizes) => sizes[Size];
}
