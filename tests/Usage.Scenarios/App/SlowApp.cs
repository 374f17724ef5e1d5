using Usage.Testing.Machine;

namespace Usage.Scenarios.App;

/// <summary>Of a suite that is left out of the short form: then no app is started for it.</summary>
public class SlowApp : AppFixture
{
    protected override bool IsNeeded => TestSize.IsCi;
}
