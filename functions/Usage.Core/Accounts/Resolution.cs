using Usage.Core.Ids;

namespace Usage.Core.Accounts;

/// <summary>
/// What somebody said of an identifier in the files of one integration: it is an account, whatever look-ups say, or it is nobody's
/// business.
/// </summary>
public sealed record Resolution
{
    public required IntegrationId Integration { get; init; }

    public required MatchBy By { get; init; }

    /// <summary>As it was given, trimmed; other spellings of it mean the same.</summary>
    public required string Key { get; init; }

    /// <summary>Null: it is ignored.</summary>
    public AccountId? Account { get; init; }

    /// <summary>Null: it is an account.</summary>
    public Ignoring? Ignore { get; init; }

    public required string Author { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Whether it keeps its identifier out of the list of unmatched ones.</summary>
    public bool Hides(DateOnly today) => Account is not null || Ignore!.Until is not { } until || today < until;
}

/// <param name="Until">The first day on which the identifier is listed again; null: never.</param>
public sealed record Ignoring(string Reason, DateOnly? Until);
