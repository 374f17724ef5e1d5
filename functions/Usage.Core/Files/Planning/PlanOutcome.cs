using Usage.Core.Files.Sources;
using Usage.Core.Issues;

namespace Usage.Core.Files.Planning;

/// <summary>A plan, or why the file as a whole can't be read: then there are an <see cref="Error"/> and an issue that says where.</summary>
public sealed record PlanOutcome
{
    /// <summary>Of a file that isn't even opened.</summary>
    public static PlanOutcome Failed(RunError error) => new()
    {
        Error = error,
        Issues = [FileRejectedException.Issue(error.Code, new IssueSample(null, null, null, error.Message))],
    };

    public FilePlan? Plan { get; init; }

    public RunError? Error { get; init; }

    /// <summary>Of a failed file: its error with samples, and warnings.</summary>
    public IReadOnlyList<RunIssue> Issues { get; init; } = [];

    /// <summary>What is no row of the file, as far as it was read.</summary>
    public IReadOnlyList<IgnoredRows> Ignored { get; init; } = [];

    /// <summary>Null when the file wasn't read to its end.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Of a failed file; null when it wasn't read that far.</summary>
    public IReadOnlyList<string>? Header { get; init; }

    /// <summary>Rows read before the file failed, or all.</summary>
    public long Rows { get; init; }
}
