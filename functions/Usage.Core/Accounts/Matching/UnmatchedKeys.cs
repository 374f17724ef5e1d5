namespace Usage.Core.Accounts.Matching;

/// <summary>An identifier that found no account, or several.</summary>
/// <param name="Key">As in the file, trimmed; the first <see cref="UnmatchedKeys.MaxKeyLength"/> UTF-16 units of it.</param>
/// <param name="Rows">Rows that wait for it. Each row counts for one key: that of the rule that decided, or else of the first cell that is
/// not blank.</param>
public sealed record UnmatchedKey(MatchBy By, string Key, bool Ambiguous, long Rows);

/// <summary>
/// The unmatched identifiers of a batch or a run. Of too many, the first by kind and key are listed and the others counted.
/// </summary>
public sealed record UnmatchedKeys
{
    public const int MaxKeys = 1_000;

    public const int MaxKeyLength = 256;

    /// <summary>By kind, then key (ordinal).</summary>
    public IReadOnlyList<UnmatchedKey> Keys { get; init; } = [];

    /// <summary>Rows whose keys are not among <see cref="Keys"/>.</summary>
    public long OtherRows { get; init; }

    /// <summary>The same in any order: a key among the first of all is among the first of every part that has it.</summary>
    public static UnmatchedKeys operator +(UnmatchedKeys a, UnmatchedKeys b)
    {
        var log = new UnmatchedKeyLog();
        log.Merge(a);
        log.Merge(b);
        return log.ToKeys();
    }
}
