using System.Runtime.CompilerServices;
using Xunit;

namespace Usage.Testing.Machine;

/// <summary>A fact that takes most of a minute or more: the short form of the tests leaves it out and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SlowFactAttribute : FactAttribute
{
    public SlowFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line)
    {
        Skip = TestSize.Slow;
        SkipType = typeof(TestSize);
        SkipUnless = nameof(TestSize.IsCi);
    }

    /// <summary>It takes minutes, so that CI leaves it out too.</summary>
    public bool Very
    {
        get => SkipUnless == nameof(TestSize.IsLong);
        init => (Skip, SkipUnless) = value
            ? (TestSize.VerySlow, nameof(TestSize.IsLong))
            : (TestSize.Slow, nameof(TestSize.IsCi));
    }
}
