using Usage.Core.Issues;

namespace Usage.Core.Values.Proofs;

/// <summary>What a file's cells come to: why the file fails, or a warning, or neither.</summary>
internal readonly record struct Verdict(RunError? Error, RunIssue? Issue)
{
    public static Verdict Fail(string code, string message, long count, IEnumerable<IssueSample> samples) =>
        new(new RunError(code, message), IssueOf(code, Severity.Error, count, samples));

    public static Verdict Warn(string code, long count, IEnumerable<IssueSample> samples) =>
        new(null, IssueOf(code, Severity.Warning, count, samples));

    private static RunIssue IssueOf(string code, Severity severity, long count, IEnumerable<IssueSample> samples) => new()
    {
        Code = code,
        Severity = severity,
        Count = count,
        Samples = [.. samples.OrderBy(sample => sample.Row).Take(RunIssue.MaxSamples)],
    };
}
