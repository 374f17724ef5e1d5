using Usage.Core.Accounts.Matching;

namespace Usage.Core.Accounts.Unmatched;

/// <summary>An identifier that found no account, or several, with the rows that wait for it: of a batch, a run, or several runs.</summary>
public sealed record WaitingKey
{
    /// <summary>Dates that are kept of an identifier, the latest ones.</summary>
    public const int MaxDates = 100;

    public required MatchBy By { get; init; }

    /// <summary>As <see cref="IdentifierKey.Of"/> gives it.</summary>
    public required string Key { get; init; }

    /// <summary>As a file names it, trimmed; a domain as it is compared.</summary>
    public required string Text { get; init; }

    /// <summary>It found several accounts in some row.</summary>
    public bool Ambiguous { get; init; }

    /// <summary>
    /// Each waiting row counts for one identifier: that of the rule that found several accounts, or else of the first cell that isn't
    /// blank.
    /// </summary>
    public long Rows { get; init; }

    /// <summary>Rows that count for another identifier, and that this one would release too.</summary>
    public long OtherRows { get; init; }

    /// <summary>The arrival of the first file that has it.</summary>
    public DateTimeOffset FirstSeen { get; init; }

    /// <summary>The latest run with rows that wait for it; empty within a run.</summary>
    public string LastRun { get; init; } = "";

    /// <summary>Snapshot dates that its rows would be recorded for.</summary>
    public ReadOnlyMemory<byte> PackedDates { get; init; }

    /// <summary>Other cells of one of its rows.</summary>
    public ReadOnlyMemory<byte> PackedContext { get; init; }

    /// <summary>By kind and key: the order in which batches and runs keep them.</summary>
    public static Comparer<WaitingKey> ByKey { get; } = Comparer<WaitingKey>.Create(CompareKeys);

    /// <summary>Most rows first, then by kind and key: the order in which they are listed.</summary>
    public static Comparer<WaitingKey> ByRows { get; } =
        Comparer<WaitingKey>.Create((a, b) => a.Rows != b.Rows ? b.Rows.CompareTo(a.Rows) : CompareKeys(a, b));

    /// <summary>The same identifier of two parts. Which of them comes first decides only within one run.</summary>
    public WaitingKey With(WaitingKey other)
    {
        var shown = string.CompareOrdinal(other.LastRun, LastRun) > 0 ? other : this;
        return shown with
        {
            Ambiguous = Ambiguous || other.Ambiguous,
            Rows = Rows + other.Rows,
            OtherRows = OtherRows + other.OtherRows,
            FirstSeen = FirstSeen < other.FirstSeen ? FirstSeen : other.FirstSeen,
            PackedDates = PackedDates.Span.SequenceEqual(other.PackedDates.Span)
                ? PackedDates
                : WaitingDetails.Pack(WaitingDetails.Dates(PackedDates).Union(WaitingDetails.Dates(other.PackedDates))),
        };
    }

    private static int CompareKeys(WaitingKey a, WaitingKey b) =>
        a.By != b.By ? a.By.CompareTo(b.By) : string.CompareOrdinal(a.Key, b.Key);
}
