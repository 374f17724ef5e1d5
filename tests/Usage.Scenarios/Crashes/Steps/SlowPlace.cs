using Usage.Testing.Machine;

namespace Usage.Scenarios.Crashes.Steps;

/// <summary>For suites of which each test is a slow one.</summary>
public sealed class SlowPlace : Place
{
    protected override bool IsNeeded => TestSize.IsCi;
}
