using Usage.Scenarios.Crashes;

namespace Usage.Scenarios.Instances;

/// <summary>Two instances of the app on one storage.</summary>
public sealed class PlaceOfTwo() : Place(instances: 2);

/// <summary>Three instances of the app on one storage.</summary>
public sealed class PlaceOfThree() : Place(instances: 3);
