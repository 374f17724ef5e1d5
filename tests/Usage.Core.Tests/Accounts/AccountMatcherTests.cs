using Usage.Core.Accounts;
using Usage.Core.Accounts.Matching;
using Usage.Core.Tests.Values;
using static Usage.Core.Tests.Accounts.Roster;

namespace Usage.Core.Tests.Accounts;

public sealed class AccountMatcherTests
{
    public static TheoryData<MatchBy> Rules => [.. Enum.GetValues<MatchBy>()];

    [Theory]
    [InlineData("CUST001", "acme")]
    [InlineData("  CUST001\u00a0", "acme")]
    [InlineData("cust001", "acme")]
    [InlineData("Cust002", "globex")]
    [InlineData("CUST009", "")]
    [InlineData("CUST", "")]
    [InlineData("", "")]
    public void CRM_id_is_exact_else_ignoring_case(string key, string expected) =>
        Assert.Equal(expected, Of(Account("acme", crmId: "CUST001"), Account("globex", crmId: " CUST002 ")).Ids(MatchBy.CrmId, key));

    [Theory]
    [InlineData("Abc", "one")]
    [InlineData("aBC", "two")]
    [InlineData("ABC", "one two")]
    public void Exact_id_wins_and_one_that_fits_two_ignoring_case_finds_both(string key, string expected) =>
        Assert.Equal(expected, Of(Account("one", crmId: "Abc"), Account("two", crmId: "aBC")).Ids(MatchBy.CrmId, key));

    [Theory]
    [InlineData("0018000000MxEKN", "short long")]
    [InlineData("0018000000MxEKNAA3", "short long")]
    public void Both_forms_of_a_Salesforce_id_are_one(string key, string expected)
    {
        Assert.Equal(expected, Of(Account("short", crmId: "0018000000MxEKN"), Account("long", crmId: "0018000000MxEKNAA3"))
            .Ids(MatchBy.CrmId, key));
        Assert.Equal("short", Of(Account("short", crmId: "0018000000MxEKN")).Ids(MatchBy.CrmId, key));
        Assert.Equal("long", Of(Account("long", crmId: "0018000000MxEKNAA3")).Ids(MatchBy.CrmId, key));
    }

    [Theory]
    [InlineData("0018000000MXEKNAA3")]
    [InlineData("0018000000mxeknaa3")]
    [InlineData("0018000000mxekn")]
    public void Salesforce_id_whose_case_was_lost_is_still_found(string key)
    {
        Assert.Equal("a", Of(Account("a", crmId: "0018000000MxEKN")).Ids(MatchBy.CrmId, key));
        Assert.Equal("a", Of(Account("a", crmId: "0018000000MxEKNAA3")).Ids(MatchBy.CrmId, key));
    }

    [Fact]
    public void Short_ids_that_differ_in_case_only_are_two_accounts()
    {
        var matcher = Of(Account("a", crmId: "0018000000MxEKN"), Account("b", crmId: "0018000000mxEKN"));
        Assert.Equal("a", matcher.Ids(MatchBy.CrmId, "0018000000MxEKNAA3"));
        Assert.Equal("b", matcher.Ids(MatchBy.CrmId, "0018000000mxEKN"));
        Assert.Equal("a", matcher.Ids(MatchBy.CrmId, "0018000000MXEKNAA3"));
        Assert.Equal("a b", matcher.Ids(MatchBy.CrmId, "0018000000MXEKN"));
    }

    [Theory]
    [InlineData("acme", "acme")]
    [InlineData(" ACME ", "acme")]
    [InlineData("Acme Inc.", "")]
    [InlineData("CUST001", "")]
    [InlineData("aka", "")] // an alias is no account id
    public void Account_id_is_exact_else_ignoring_case(string key, string expected) =>
        Assert.Equal(expected, Of(Account("acme", "Acme Inc.", "CUST001", aliases: ["aka"])).Ids(MatchBy.AccountId, key));

    [Theory]
    [InlineData("acme.com", "acme")]
    [InlineData("https://www.ACME.com:8080/path?x=1#y", "acme")]
    [InlineData("jane.doe@acme.com", "acme")]
    [InlineData("eu.acme.com", "acme")]
    [InlineData("a.b.eu.acme.com", "acme")]
    [InlineData("shop.acme.com", "shop")] // exact before the parent
    [InlineData("x.shop.acme.com", "shop")]
    [InlineData("notacme.com", "")]
    [InlineData("com", "")]
    [InlineData("bücher.example", "books")]
    [InlineData("xn--bcher-kva.example", "books")]
    [InlineData("acme.co.uk", "uk")]
    [InlineData("other.co.uk", "")]
    [InlineData("jane@gmail.com", "")]
    [InlineData("gmail.com", "")]
    [InlineData("x.gmail.com", "")]
    [InlineData("not a domain", "")]
    public void Domain_is_exact_first_then_its_parents(string key, string expected) => Assert.Equal(expected, Of(
        Account("acme", domains: ["Acme.com"]), Account("shop", domains: ["shop.acme.com"]), Account("books", domains: ["Bücher.example"]),
        Account("uk", domains: ["www.acme.co.uk"]), Account("goo", domains: ["gmail.com"]),
        Account("suffix", domains: ["co.uk"])).Ids(MatchBy.Domain, key));

    [Theory]
    [InlineData("Acme Rockets", "acme")]
    [InlineData("ACME ROCKETS, INC.", "acme")]
    [InlineData("Acme-Rockets Co., Ltd.", "acme")]
    [InlineData("acme", "")]
    [InlineData("Inc.", "")]
    [InlineData("---", "")]
    [InlineData("Straße AG", "street")]
    [InlineData("STRASSE", "street")]
    public void Name_is_compared_without_what_varies(string key, string expected) =>
        Assert.Equal(expected, Of(Account("acme", "Acme Rockets Inc"), Account("street", "straße GmbH")).Ids(MatchBy.Name, key));

    [Theory]
    [InlineData(MatchBy.CrmId, "OLD-1")]
    [InlineData(MatchBy.CrmId, "old-1")]
    [InlineData(MatchBy.Domain, "www.acme-old.com")]
    [InlineData(MatchBy.Domain, "x@mail.acme-old.com")]
    [InlineData(MatchBy.Name, "ACME Classic GmbH")]
    public void Alias_matches_as_an_own_key_would(MatchBy by, string key) =>
        Assert.Equal("acme", Of(Account("acme", aliases: ["OLD-1", "acme-old.com", "Acme Classic"])).Ids(by, key));

    [Fact]
    public void Key_of_several_accounts_finds_all_of_them_in_order_of_creation()
    {
        var matcher = Of(Account("c", "Same"), Account("b", "Same Ltd"), Account("a", "x", aliases: ["same", "Same"]),
            Account("d", "other"));
        var match = matcher.Find(MatchBy.Name, "same"u8);
        Assert.False(match.IsOne || match.IsNone);
        Assert.Equal([0, 1, 2], match.Ordinals);
        Assert.Equal(-1, match.Ordinal);
    }

    [Fact]
    public void One_account_found_by_two_of_its_keys_is_one() =>
        Assert.Equal(0, Of(Account("acme", crmId: "X", aliases: ["X", "x"])).Find(MatchBy.CrmId, "x"u8).Ordinal);

    [Fact]
    public void Ordinals_may_have_gaps()
    {
        var matcher = new AccountMatcher([new NumberedAccount(7, Account("acme", crmId: "X"))]);
        Assert.Equal(7, matcher.Find(MatchBy.CrmId, "X"u8).Ordinal);
        Assert.Equal("acme", matcher[7].Id.Value);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Overlong_cells_find_nobody(MatchBy by) =>
        Assert.True(Of(Account("acme", "Acme")).Find(by, new byte[100_000]).IsNone);

    [Fact]
    public void Two_hundred_thousand_accounts_are_found_by_id_without_allocating()
    {
        var matcher = new AccountMatcher(
            [.. Enumerable.Range(0, 200_000).Select(i => new NumberedAccount(i, Account($"a{i}", $"Company {i}", $"CUST{i:000000}")))]);
        Assert.Equal(199_999, matcher.Find(MatchBy.CrmId, "CUST199999"u8).Ordinal);
        Assert.Equal(77, matcher.Find(MatchBy.AccountId, "a77"u8).Ordinal);
        // Ignoring case needs an index of its own, which is made when it is first asked for.
        Assert.Equal(199_999, matcher.Find(MatchBy.CrmId, "cust199999"u8).Ordinal);
        Assert.Equal(77, matcher.Find(MatchBy.AccountId, "A77"u8).Ordinal);

        Assert.Equal(0, Allocations.OfAThousand(() =>
        {
            matcher.Find(MatchBy.CrmId, "CUST199999"u8);
            matcher.Find(MatchBy.CrmId, "cust199999"u8);
            matcher.Find(MatchBy.AccountId, " A77 "u8);
        }));
    }

    [Fact]
    public void Many_threads_may_ask_at_once()
    {
        var matcher = new AccountMatcher(
            [.. Enumerable.Range(0, 2_000).Select(i => new NumberedAccount(i, Account($"a{i}", $"Company {i}", $"C{i}", [$"c{i}.com"])))]);
        Parallel.For(0, 8_000, i =>
        {
            Assert.Equal(i % 2_000, matcher.Find(MatchBy.CrmId, $"C{i % 2_000}").Ordinal);
            Assert.Equal(i % 2_000, matcher.Find(MatchBy.Domain, $"www.c{i % 2_000}.com").Ordinal);
            Assert.Equal(i % 2_000, matcher.Find(MatchBy.Name, $"COMPANY {i % 2_000}, Inc.").Ordinal);
        });
    }
}
