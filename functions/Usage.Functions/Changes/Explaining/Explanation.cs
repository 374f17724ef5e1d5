using Usage.Core.Accounts;
using Usage.Core.Ids;
using Usage.Core.Products;
using Usage.Core.Runs;
using Usage.Core.Values;

namespace Usage.Functions.Changes.Explaining;

/// <summary>The write that a stored value stands for, and those below it.</summary>
/// <param name="Value">As it is stored; null: nothing is, any more.</param>
public sealed record Explanation(UsageValue? Value, IReadOnlyList<ExplainedWrite> Earlier) : ExplainedSource;

/// <param name="Value">Null: it took the value away.</param>
/// <param name="UndoneBy">The undo by which it doesn't count; null: it stands.</param>
public sealed record ExplainedWrite(UsageValue? Value, RunId? UndoneBy) : ExplainedSource;

/// <summary>Where a write comes from; all of it is null where what its run wrote isn't kept any more.</summary>
public abstract record ExplainedSource
{
    public DateTimeOffset? At { get; init; }

    /// <summary>Of a person or a key the name; else drop, pull or timer.</summary>
    public string? By { get; init; }

    public RunId? Run { get; init; }

    public RunKind? Kind { get; init; }

    /// <summary>Of the integration.</summary>
    public int? Version { get; init; }

    /// <summary>Path within the container <c>imports</c>.</summary>
    public string? File { get; init; }

    /// <summary>Of a merged value the last of its rows.</summary>
    public long? Row { get; init; }

    public string? Column { get; init; }

    /// <summary>The cell as it stands in the file; null for those who don't see rows as they came.</summary>
    public string? Text { get; init; }

    public MatchBy? MatchedBy { get; init; }

    /// <summary>Null where no file says it.</summary>
    public ExplainedMerge? Merged { get; init; }
}

/// <param name="Count">Rows that took part.</param>
/// <param name="Rows">The first hundred of them, and those that were refused.</param>
public sealed record ExplainedMerge(Aggregate Aggregate, long Count, IReadOnlyList<ExplainedRow> Rows);

/// <param name="Refused">The cell was refused: the total lacks it.</param>
public sealed record ExplainedRow(long Row, string? Text, bool Refused);
