using Usage.Core.Accounts;
using Usage.Core.Ids;
using Usage.Functions.Http;

namespace Usage.Functions.Accounts;

/// <summary>The body of <c>PUT /accounts/{a}</c>.</summary>
public sealed record AccountBody : EditedBody
{
    public required string Name { get; init; }

    public string? CrmId { get; init; }

    public IReadOnlyList<string> Domains { get; init; } = [];

    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Outer white space is nobody's key.</summary>
    public Account ToAccount(AccountId id) => new()
    {
        Id = id,
        Name = Name.Trim(),
        CrmId = string.IsNullOrWhiteSpace(CrmId) ? null : CrmId.Trim(),
        Domains = [.. Domains.Select(domain => domain.Trim())],
        Aliases = [.. Aliases.Select(alias => alias.Trim())],
    };
}
