using Usage.Core.Accounts.Keys;
using Usage.Core.Problems;

namespace Usage.Core.Accounts;

/// <summary>Checks an account on its own. Whether another account has the same keys is checked where accounts are stored.</summary>
public static class AccountRules
{
    public const int MaxNameLength = 200;
    public const int MaxKeyLength = 255;
    public const int MaxKeys = 100;

    /// <returns>Every problem at once; empty when there is none.</returns>
    public static IReadOnlyList<Problem> Validate(Account account)
    {
        var problems = new ProblemList();
        problems.Text("name", account.Name, MaxNameLength);
        if (account.CrmId is not null) problems.Text("crmId", account.CrmId, MaxKeyLength);
        CheckDomains(problems, account.Domains);
        CheckAliases(problems, account.Aliases);
        return problems.Problems;
    }

    private static void CheckDomains(ProblemList problems, IReadOnlyList<string> domains)
    {
        problems.AtMost("domains", domains.Count, MaxKeys, "domains");
        var seen = new HashSet<string>();
        for (var i = 0; i < domains.Count; i++)
        {
            var path = $"domains[{i}]";
            if (!problems.Text(path, domains[i], MaxKeyLength)) continue;
            var domain = DomainKey.Of(domains[i]);
            if (domain is null)
                problems.Wrong(ProblemCode.Invalid, path, $"found \"{domains[i]}\", expected a domain such as acme.com");
            else if (FreeMail.Is(domain))
                problems.Wrong(ProblemCode.FreeMailDomain, path,
                    $"found \"{domains[i]}\", where anybody has an address, expected a domain of the account's own");
            else if (PublicSuffix.IsRegistry(domain))
                problems.Wrong(ProblemCode.PublicSuffix, path,
                    $"found \"{domains[i]}\", under which anybody has a domain, expected one of the account's own");
            else if (!seen.Add(domain))
                problems.Wrong(ProblemCode.Duplicate, path, $"found \"{domains[i]}\" again, expected each domain once");
        }
    }

    private static void CheckAliases(ProblemList problems, IReadOnlyList<string> aliases)
    {
        problems.AtMost("aliases", aliases.Count, MaxKeys, "aliases");
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < aliases.Count; i++)
        {
            if (problems.Text($"aliases[{i}]", aliases[i], MaxKeyLength) && !seen.Add(aliases[i].Trim()))
                problems.Wrong(ProblemCode.Duplicate, $"aliases[{i}]", $"found \"{aliases[i]}\" again, expected each alias once");
        }
    }
}
