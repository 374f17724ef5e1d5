namespace Usage.Core.Issues;

/// <summary>
/// Lines of a file of which nothing is taken, for one reason: how many, and the first few. They are no rows, but for those of a long file's
/// unknown metrics.
/// </summary>
public sealed record IgnoredRows(string Why, long Count, IReadOnlyList<IgnoredSample> Samples);

/// <param name="Line">As an editor counts them, from 1.</param>
/// <param name="Text">Shortened.</param>
public sealed record IgnoredSample(long Line, string Text);
