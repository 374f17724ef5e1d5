using Usage.Core.Issues;

namespace Usage.Core.Files.Sources;

/// <summary>
/// Ends the planning pass from wherever the file turns out to be unreadable; <see cref="Planning.FilePlanner"/> catches it.
/// </summary>
internal sealed class FileRejectedException(string code, string message, IReadOnlyList<RunIssue> issues) : Exception(message)
{
    public FileRejectedException(string code, string message, long? row = null, string? column = null, string? found = null)
        : this(code, message, [Issue(code, new IssueSample(row, column, found, message))])
    {
    }

    public RunError Error => new(code, Message);

    public IReadOnlyList<RunIssue> Issues => issues;

    public static RunIssue Issue(string code, params IReadOnlyList<IssueSample> samples) => new()
    {
        Code = code,
        Severity = Severity.Error,
        Count = samples.Count,
        Samples = [.. samples.Take(RunIssue.MaxSamples)],
    };
}
