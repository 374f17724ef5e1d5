using Usage.Core.Accounts;
using Usage.Core.Accounts.Matching;
using Usage.Core.Ids;
using Usage.Functions.Accounts;

namespace Usage.Functions.Unmatched;

/// <summary>The body of <c>POST /unmatched/resolve</c>: one of account, create and ignore.</summary>
public sealed record ResolveBody
{
    public required IntegrationId Integration { get; init; }

    public required MatchBy By { get; init; }

    public required string Key { get; init; }

    public AccountId? Account { get; init; }

    public NewAccount? Create { get; init; }

    public Ignored? Ignore { get; init; }

    /// <summary>An account's body, and its id.</summary>
    public sealed record NewAccount
    {
        public required AccountId Id { get; init; }

        public required string Name { get; init; }

        public string? CrmId { get; init; }

        public IReadOnlyList<string> Domains { get; init; } = [];

        public IReadOnlyList<string> Aliases { get; init; } = [];

        public Account ToAccount() =>
            new AccountBody { Name = Name, CrmId = CrmId, Domains = Domains, Aliases = Aliases }.ToAccount(Id);
    }

    public sealed record Ignored
    {
        public required string Reason { get; init; }

        /// <summary>The first day on which it is listed again; null: never.</summary>
        public DateOnly? Until { get; init; }

        public Ignoring ToIgnoring() => new(Reason.Trim(), Until);
    }

    public int Said() => (Account is null ? 0 : 1) + (Create is null ? 0 : 1) + (Ignore is null ? 0 : 1);

    public Resolution ToResolution(string author, DateTimeOffset at) => new()
    {
        Integration = Integration,
        By = By,
        Key = Usage.Core.CellText.Trim(Key),
        Account = Account ?? Create?.Id,
        Ignore = Ignore?.ToIgnoring(),
        Author = author,
        At = at,
    };

    /// <summary>What is wrong with it in itself.</summary>
    public IReadOnlyList<Core.Problems.Problem> Validate(DateOnly today) =>
    [
        .. ResolutionRules.Validate(Key, IdentifierKey.MaxLength, Said(), Ignore?.ToIgnoring(), today),
        .. (Create is null ? [] : AccountRules.Validate(Create.ToAccount())).Select(one => one with { Path = $"create.{one.Path}" }),
    ];
}
