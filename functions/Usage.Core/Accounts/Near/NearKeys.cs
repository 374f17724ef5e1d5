using Usage.Core.Accounts.Keys;
using Usage.Core.Values;

namespace Usage.Core.Accounts.Near;

/// <summary>The texts that are compared to find similar accounts: ids with ids, domains and names with each other.</summary>
internal static class NearKeys
{
    private static readonly HashSet<string> Hosts = ["domain", "domains", "email", "mail", "website", "url", "web", "site", "homepage"];

    private static readonly HashSet<string> Names =
        ["name", "company", "customer", "account", "client", "organization", "organisation", "org", "firm", "kunde", "firma", "tenant"];

    private static readonly HashSet<string> Ids = ["id", "ids", "key", "code", "number", "no", "nr", "uuid", "ref"];

    /// <summary>What a column's cells are by its name: domains, or names of customers; null: something else.</summary>
    public static MatchBy? OfColumn(string column)
    {
        var words = TextWords.Of(column);
        if (words.Any(Hosts.Contains)) return MatchBy.Domain;
        return words.Any(Names.Contains) && !words.Any(Ids.Contains) ? MatchBy.Name : null;
    }

    public static IEnumerable<string> OfCell(MatchBy by, string cell) => by switch
    {
        MatchBy.CrmId or MatchBy.AccountId => [cell.Trim().ToLowerInvariant()],
        MatchBy.Domain => DomainKey.Of(cell) is { } domain && !FreeMail.Is(domain) ? [domain, Label(domain)] : [],
        _ => NameKey.Of(cell) is { } name ? [name, Joined(name)] : [],
    };

    public static IEnumerable<string> OfAccount(MatchBy by, Account account) => by switch
    {
        MatchBy.CrmId => account.Aliases.Prepend(account.CrmId ?? "").Select(t => t.Trim().ToLowerInvariant()).Where(t => t.Length > 0),
        MatchBy.AccountId => [account.Id.Value.ToLowerInvariant()],
        _ => NamesOf(account).Concat(DomainsOf(account)),
    };

    private static IEnumerable<string> NamesOf(Account account) =>
        account.Aliases.Prepend(account.Name).Select(NameKey.Of).OfType<string>().SelectMany(n => new[] { n, Joined(n) });

    private static IEnumerable<string> DomainsOf(Account account) =>
        account.Domains.Concat(account.Aliases).Select(d => DomainKey.Of(d)).OfType<string>().SelectMany(d => new[] { d, Label(d) });

    private static string Joined(string name) => name.Replace(" ", "", StringComparison.Ordinal);

    /// <summary>The company's label in its domain: <c>acme</c> of <c>mail.acme.co.uk</c>.</summary>
    private static string Label(string domain)
    {
        var name = domain.AsSpan();
        for (var parent = DomainKey.Parent(name); !parent.IsEmpty; parent = DomainKey.Parent(name)) name = parent;
        return name[..name.IndexOf('.')].ToString();
    }
}
