using Usage.Core.Accounts;
using static Usage.Core.Tests.Accounts.Roster;

namespace Usage.Core.Tests.Accounts;

public sealed class AccountRulesTests
{
    [Fact]
    public void Good_account_has_no_problem() =>
        Assert.Empty(AccountRules.Validate(
            Account("acme", "Acme", "CUST001", ["acme.com", "Bücher.example", "acme.co.uk"], ["Acme Classic", "OLD-1"])));

    [Fact]
    public void Domains_are_the_accounts_own() => Assert.Equal(
        [
            "invalid domains[0]: found \"acme\", expected a domain such as acme.com",
            "free-mail-domain domains[1]: found \"gmail.com\", where anybody has an address, expected a domain of the account's own",
            "public-suffix domains[2]: found \"co.uk\", under which anybody has a domain, expected one of the account's own",
            "duplicate domains[4]: found \"www.Acme.com\" again, expected each domain once",
            "required domains[5]: found nothing, expected 1 to 255 characters",
        ],
        Check(Account("acme", domains: ["acme", "gmail.com", "co.uk", "acme.com", "www.Acme.com", " "])));

    [Theory]
    [InlineData("id.me", true)]
    [InlineData("ad.nl", true)]
    [InlineData("github.io", true)]
    [InlineData("city.kobe.jp", true)]
    [InlineData("com.au", false)]
    [InlineData("anything.kobe.jp", false)]
    [InlineData("公司.cn", false)]
    public void Domain_of_a_registry_is_no_accounts_own_and_any_company_domain_is(string domain, bool good) =>
        Assert.Equal(good ? [] : ["public-suffix"], AccountRules.Validate(Account("acme", domains: [domain])).Select(p => p.Code));

    [Fact]
    public void Name_and_keys_are_texts_of_limited_length() => Assert.Equal(
        [
            "too-long name: found 201 characters, expected at most 200",
            "required crmId: found nothing, expected 1 to 255 characters",
            "too-long aliases[0]: found 256 characters, expected at most 255",
            "duplicate aliases[2]: found \"ACME\" again, expected each alias once",
        ],
        Check(Account("acme", new('x', 201), "", aliases: [new('x', 256), "Acme", "ACME"])));

    [Fact]
    public void Name_is_needed() =>
        Assert.Equal(["required name: found nothing, expected 1 to 200 characters"], Check(Account("acme", " ")));

    [Fact]
    public void Keys_are_limited_in_number() => Assert.Equal(
        ["too-many domains: found 101 domains, expected at most 100", "too-many aliases: found 101 aliases, expected at most 100"],
        Check(
            Account("acme", domains: [.. Enumerable.Range(0, 101).Select(i => $"a{i}.com")],
                aliases: [.. Enumerable.Range(0, 101).Select(i => $"a{i}")])));

    [Fact]
    public void Null_entries_are_problems_and_no_exceptions() =>
        Assert.Equal(["domains[0]", "aliases[0]"],
            AccountRules.Validate(Account("acme", domains: [null!], aliases: [null!])).Select(p => p.Path));

    private static string[] Check(Account account) => [.. AccountRules.Validate(account).Select(p => $"{p.Code} {p.Path}: {p.Message}")];
}
