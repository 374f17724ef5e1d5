using Usage.Core.Accounts;
using Usage.Core.Ids;
using Usage.Core.Issues;
using Usage.Core.Values;

namespace Usage.Core.Snapshots;

/// <summary>What a test run shows of one of the first rows.</summary>
public sealed record PreviewRow
{
    /// <summary>The number of rows that a test run shows.</summary>
    public const int MaxRows = 100;

    public required long Row { get; init; }

    public required RowOutcome Outcome { get; init; }

    /// <summary>Null when none was matched.</summary>
    public PreviewAccount? Account { get; init; }

    /// <summary>Where values of the row took part; <c>new</c> is what would be stored after all rows of the file are merged.</summary>
    public IReadOnlyList<PreviewSnapshot> Snapshots { get; init; } = [];

    public IReadOnlyList<RowIssue> Issues { get; init; } = [];
}

public sealed record PreviewAccount(AccountId Id, string Name, MatchBy MatchedBy);

public sealed record PreviewSnapshot(ProductId Product, DateOnly Date, IReadOnlyDictionary<DimensionId, ValueChange> Values);

/// <param name="New">Null when the stored value is taken away.</param>
/// <param name="Old">Null when nothing is stored.</param>
public sealed record ValueChange(UsageValue? New, UsageValue? Old);
