using Usage.Scenarios.Crashes.Steps;
using Usage.Testing.Machine;

namespace Usage.Scenarios.Instances;

/// <summary>Two instances of the app on one storage.</summary>
public sealed class PlaceOfTwo() : Place(instances: 2)
{
    protected override bool IsNeeded => TestSize.IsCi;
}

/// <summary>Three instances of the app on one storage.</summary>
public sealed class PlaceOfThree() : Place(instances: 3)
{
    protected override bool IsNeeded => TestSize.IsLong;
}
