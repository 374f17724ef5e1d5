namespace Usage.Functions.Upkeep;

/// <summary>What an activity of upkeep is told.</summary>
/// <param name="At">When the upkeep began: ages are counted from here, at every try.</param>
public sealed record UpkeepInput(DateTimeOffset At);
