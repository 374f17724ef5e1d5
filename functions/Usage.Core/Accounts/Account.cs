using Usage.Core.Ids;

namespace Usage.Core.Accounts;

/// <summary>A customer.</summary>
public sealed record Account : ISigned
{
    public required AccountId Id { get; init; }

    public required string Name { get; init; }

    public string? CrmId { get; init; }

    public IReadOnlyList<string> Domains { get; init; } = [];

    /// <summary>Other CRM ids, domains and names of the account; they match as its own do.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    public string? By { get; init; }

    public DateTimeOffset? At { get; init; }

    public ISigned Signed(string? by, DateTimeOffset? at) => this with { By = by, At = at };
}

/// <summary>An account with its place in the order of creation (0, 1, 2, …), which decides where its snapshots are stored.</summary>
public sealed record NumberedAccount(int Ordinal, Account Account);
