using Usage.Core.Accounts;
using Usage.Core.Accounts.Matching;
using Usage.Core.Ids;

namespace Usage.Core.Tests.Accounts;

/// <summary>Accounts for tests, numbered in the order in which they are given.</summary>
internal static class Roster
{
    public static Account Account(
        string id, string? name = null, string? crmId = null, string[]? domains = null, string[]? aliases = null) =>
        new() { Id = new AccountId(id), Name = name ?? id, CrmId = crmId, Domains = domains ?? [], Aliases = aliases ?? [] };

    public static AccountMatcher Of(params Account[] accounts) => new([.. accounts.Select((a, i) => new NumberedAccount(i, a))]);

    /// <summary>The ids of the accounts that a key finds, joined by spaces.</summary>
    public static string Ids(this AccountMatcher matcher, MatchBy by, string key) =>
        string.Join(' ', matcher.Find(by, System.Text.Encoding.UTF8.GetBytes(key)).Ordinals.Select(o => matcher[o].Id.Value));
}
