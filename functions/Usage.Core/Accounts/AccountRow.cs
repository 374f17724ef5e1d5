using Usage.Core.Ids;

namespace Usage.Core.Accounts;

/// <summary>One account of an account file. What is null has no column in the file, and stays as it is stored.</summary>
/// <param name="Row">Counted from 1, the header not counted.</param>
/// <param name="CrmId">Empty: the stored one is taken away.</param>
public sealed record AccountRow(
    long Row, AccountId Id, string? Name, string? CrmId = null,
    IReadOnlyList<string>? Domains = null, IReadOnlyList<string>? Aliases = null)
{
    /// <summary>The account as it is after the import.</summary>
    /// <param name="stored">Null: the account is new. Then the row has to have a name.</param>
    public Account Over(Account? stored) => new()
    {
        Id = Id,
        Name = Name ?? stored?.Name ?? "",
        CrmId = CrmId is null ? stored?.CrmId : CrmId.Length == 0 ? null : CrmId,
        Domains = Domains ?? stored?.Domains ?? [],
        Aliases = Aliases ?? stored?.Aliases ?? [],
    };
}

/// <summary>A row that is not imported.</summary>
/// <param name="Row">Counted from 1, the header not counted.</param>
/// <param name="Account">The row's account id as it stands there; null when the row can't be read.</param>
public sealed record RejectedRow(long Row, string? Account, string Code, string Message);
