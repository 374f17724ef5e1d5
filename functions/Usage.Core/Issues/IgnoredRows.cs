namespace Usage.Core.Issues;

/// <summary>Lines of a file that are no rows, for one reason: how many, and the first few.</summary>
public sealed record IgnoredRows(string Why, long Count, IReadOnlyList<IgnoredSample> Samples);

/// <param name="Line">As an editor counts them, from 1.</param>
/// <param name="Text">Shortened.</param>
public sealed record IgnoredSample(long Line, string Text);
