namespace Usage.Functions.Upkeep;

/// <summary>The input of all activities of upkeep.</summary>
/// <param name="At">When the upkeep began: ages are counted from here, at every try.</param>
public sealed record UpkeepInput(DateTimeOffset At);
