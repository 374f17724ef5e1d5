using Usage.Core.Accounts;
using Usage.Functions.Http;

namespace Usage.Functions.Accounts;

/// <summary>
/// The body of <c>PATCH /accounts/{a}</c>: what isn't there stays as it is; null takes a CRM id, domains or aliases away, and a list
/// replaces the whole list.
/// </summary>
public sealed record AccountPatch : EditedBody
{
    // Null that was sent is something else than nothing sent.
    private readonly HashSet<string> _given = [];

    public string? Name { get; init => field = Given(value, nameof(Name)); }

    public string? CrmId { get; init => field = Given(value, nameof(CrmId)); }

    public IReadOnlyList<string>? Domains { get; init => field = Given(value, nameof(Domains)); }

    public IReadOnlyList<string>? Aliases { get; init => field = Given(value, nameof(Aliases)); }

    public Account Over(Account before) => new AccountBody
    {
        Name = _given.Contains(nameof(Name)) ? Name ?? "" : before.Name,
        CrmId = _given.Contains(nameof(CrmId)) ? CrmId : before.CrmId,
        Domains = _given.Contains(nameof(Domains)) ? Domains ?? [] : before.Domains,
        Aliases = _given.Contains(nameof(Aliases)) ? Aliases ?? [] : before.Aliases,
    }.ToAccount(before.Id);

    private T Given<T>(T value, string name)
    {
        _given.Add(name);
        return value;
    }
}
