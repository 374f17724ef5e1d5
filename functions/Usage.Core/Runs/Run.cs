using System.Text.Json.Serialization;
using Usage.Core.Accounts;
using Usage.Core.Ids;
using Usage.Core.Issues;

namespace Usage.Core.Runs;

/// <summary>One file's way through the pipeline, as the API shows it.</summary>
public sealed record Run
{
    public required RunId Id { get; init; }

    /// <summary>Null for a test run of a draft that names none.</summary>
    public required IntegrationId? Integration { get; init; }

    /// <summary>The integration's version that the file is read by; 0 for a draft.</summary>
    public required int Version { get; init; }

    public required RunKind Kind { get; init; }

    /// <summary>Path within the container <c>imports</c>; null for a test run of a body.</summary>
    public string? Blob { get; init; }

    /// <summary>Of the file's bytes as they were dropped, in lower-case hexadecimal; null until they are read.</summary>
    public string? Sha256 { get; init; }

    public required RunStatus Status { get; init; }

    /// <summary>The person or key that sent the file, or <see cref="Drop.Dropped"/> or <see cref="Drop.Pulled"/>.</summary>
    public string? By { get; init; }

    public required DateTimeOffset ArrivedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    public RunProgress Progress { get; init; } = new(RunStage.Reading, 0, 0);

    /// <summary>Its stages as far as they have begun, in order; one that was begun again after a crash has the later time.</summary>
    public IReadOnlyList<RunStep> Timeline { get; init; } = [];

    public RowCounts Rows { get; init; } = new();

    /// <summary>One for each of the integration's rules, in their order; none until all rows are read.</summary>
    public IReadOnlyList<RuleMatches> Matched { get; init; } = [];

    public long Snapshots { get; init; }

    /// <summary>Stored after merging.</summary>
    public long Values { get; init; }

    /// <summary>The same values by what became of them.</summary>
    public ChangeCounts Changes { get; init; } = ChangeCounts.None;

    public IReadOnlyList<RunDate> Dates { get; init; } = [];

    public IReadOnlyList<RunIssue> Issues { get; init; } = [];

    /// <summary>Lines of the file that are no rows.</summary>
    public IReadOnlyList<IgnoredRows> Ignored { get; init; } = [];

    /// <summary>The run that this one follows from: of an undo the one that it takes back.</summary>
    public RunId? Parent { get; init; }

    /// <summary>Replays and fixes of it, and imports of its file again, in the order in which they were asked for.</summary>
    public IReadOnlyList<RunId> Children { get; init; } = [];

    /// <summary>What its replays and fixes have recorded of rows that it rejected, as far as that isn't undone.</summary>
    public MendedCounts Mended { get; init; } = new(0, 0);

    /// <summary>The undos of it, whole or in part, in the order of their times; those that were undone themselves too.</summary>
    public IReadOnlyList<RunId> UndoneBy { get; init; } = [];

    public RunId? DuplicateOf { get; init; }

    public RunError? Error { get; init; }

    /// <summary>Of an erase: where something of the account may still be found, and until when. Other runs don't have it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RunRemainder>? Stays { get; init; }

    /// <summary>
    /// A fix of a run whose file couldn't be planned: its mends may change what the file proves, so it plans a copy of its own, as an
    /// import does.
    /// </summary>
    [JsonIgnore]
    public bool PlansAnew { get; init; }

    /// <summary>
    /// Rows of it wait for an account, unless it is undone: it recorded something, or failed for what an account may mend.
    /// </summary>
    public bool MayHaveWaitingRows() => IsRoot() && Rows.Unmatched + Rows.Ambiguous > 0 && Status switch
    {
        RunStatus.Succeeded or RunStatus.PartiallySucceeded => true,
        RunStatus.Failed => Values > 0 || IsRefused(),
        _ => false,
    };

    /// <summary>All its rows were read, and for what was found of them none was recorded.</summary>
    public bool IsRefused() => Error?.Code is IssueCode.Aborted or IssueCode.TooManyErrors or IssueCode.NothingRecorded;

    /// <summary>Its file couldn't be planned, since what stands in it was open: what its dates, numbers or words mean.</summary>
    public bool IsUndecided() => Error?.Code is IssueCode.DateOrderUndecided or IssueCode.DateOrderContradicted
        or IssueCode.DecimalSeparatorUndecided or IssueCode.DecimalSeparatorContradicted or IssueCode.BooleanWordsUndecided;

    /// <summary>It has planned a file, and others may follow from its rows.</summary>
    public bool IsRoot() => Kind == RunKind.Import || PlansAnew;

    /// <summary>It reads the file of another run, by that run's plan.</summary>
    public bool IsChild() => Kind is RunKind.Replay or RunKind.Fix && !PlansAnew && Parent is not null;

    /// <summary>The run whose file it reads: its own, unless it is a child.</summary>
    public RunId FileOf() => IsChild() ? Parent!.Value : Id;

    // A method, since properties are what the API answers.
    public bool HasEnded() => Status is not (RunStatus.Queued or RunStatus.Running);
}

/// <summary>Something that an erase leaves as it is.</summary>
/// <param name="Files">Paths of files in the container <c>imports</c> in which the account had rows, the first hundred.</param>
public sealed record RunRemainder(string What, string Until, IReadOnlyList<string> Files);

public sealed record MendedCounts(long Rows, long Values);

/// <summary>A hint: each process counts its own parts.</summary>
/// <param name="Done">Parts of the stage.</param>
public sealed record RunProgress(RunStage Stage, long Done, long Total)
{
    /// <summary>Read so far; null where nobody counts them.</summary>
    public long? Rows { get; init; }

    public long? RowsTotal { get; init; }

    /// <summary>Rows, or parts where no rows are counted.</summary>
    public long? PerSecond { get; init; }

    /// <summary>Of the stage, at that pace.</summary>
    public long? RemainingSeconds { get; init; }

    /// <summary>Runs before it in its queue; null once it is at work.</summary>
    public int? Ahead { get; init; }
}

/// <param name="EndedAt">Null: it is under way.</param>
/// <param name="Rows">Read in it; null where none are.</param>
public sealed record RunStep(RunStepKind Stage, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, long? Rows = null);

/// <param name="Rows">Of which this rule found the account.</param>
public sealed record RuleMatches(MatchBy By, string Column, long Rows);

/// <summary>A date that the run wrote, or would have written.</summary>
public sealed record RunDate(ProductId Product, DateOnly Date, long Snapshots, string Why);
