using Usage.Core.Accounts;
using Usage.Core.Accounts.Matching;
using Usage.Core.Accounts.Near;
using static Usage.Core.Tests.Accounts.Roster;

namespace Usage.Core.Tests.Accounts;

public sealed class NearCandidatesTests
{
    private static readonly NearCandidates Near = new(Of(
        Account("acme", "Acme Rockets Inc", "CUST001", ["acme.com"]),
        Account("globex", "Globex", "CUST002", ["globex.com"]),
        Account("initech", "Initech", "X-77", ["initech.co.uk"], ["Initrode"]),
        Account("twin-a", "Twin Ltd"), Account("twin-b", "Twin Inc")));

    [Theory]
    [InlineData(MatchBy.Name, "Acme Rokcets", "acme")]
    [InlineData(MatchBy.Name, "Rockets Acme", "acme")]
    [InlineData(MatchBy.Name, "Globex Europe", "globex")]
    [InlineData(MatchBy.Name, "AcmeRockets", "acme")]
    [InlineData(MatchBy.Name, "Initrod", "initech")]
    [InlineData(MatchBy.Domain, "acme.io", "acme")]
    [InlineData(MatchBy.Domain, "jane@initech.com", "initech")]
    [InlineData(MatchBy.Domain, "globexx.com", "globex")]
    [InlineData(MatchBy.AccountId, "globx", "globex")]
    [InlineData(MatchBy.CrmId, "X-78", "initech")]
    public void Best_candidate_is_the_one_a_person_would_name(MatchBy by, string key, string expected)
    {
        var candidates = Near.Find(by, key, []);
        Assert.Equal(expected, candidates[0].Id.Value);
        Assert.All(candidates, c => Assert.InRange(c.Score, NearCandidates.MinScore, 0.99));
        Assert.Equal(candidates.OrderByDescending(c => c.Score), candidates);
    }

    [Fact]
    public void Score_says_how_near() =>
        Assert.Equal(
            [
                new Candidate(new("acme"), "Acme Rockets Inc", 0.86, "the CRM id is near to \"cust001\""),
                new Candidate(new("globex"), "Globex", 0.86, "the CRM id is near to \"cust002\""),
            ],
            Near.Find(MatchBy.CrmId, "CUST009", []));

    [Fact]
    public void Two_letters_swapped_are_one_slip() => Assert.Equal(0.92, Near.Find(MatchBy.Name, "Acme Rokcets", [])[0].Score);

    [Fact]
    public void Ambiguous_key_names_its_accounts() =>
        Assert.Equal(
            [
                new Candidate(new("twin-b"), "Twin Inc", 1, "the name is that of this account"),
                new Candidate(new("twin-a"), "Twin Ltd", 1, "the name is that of this account"),
            ],
            Near.Find(MatchBy.Name, "TWIN", []));

    [Theory]
    [InlineData("company_name", "Initech Inc.", "initech", 0.95, "the name in the column \"company_name\" is that of this account")]
    [InlineData("Billing e-mail", "jane@acme.com", "acme", 0.95, "the domain in the column \"Billing e-mail\" is that of this account")]
    [InlineData("customer", "Globexx", "globex", 0.81, "the name in the column \"customer\" is near to \"globex\"")]
    public void Other_cells_of_the_row_speak_for_an_account_and_are_not_told(
        string column, string cell, string account, double score, string why) => Assert.Equal(
            (account, score, why),
            Near.Find(MatchBy.CrmId, "zzz", [new(column, cell)]).Select(one => (one.Id.Value, one.Score, one.Why)).First());

    [Theory]
    [InlineData("customer_id", "Initech")]
    [InlineData("plan", "Initech")]
    public void Cells_of_other_columns_speak_for_nobody(string column, string cell) =>
        Assert.Empty(Near.Find(MatchBy.CrmId, "zzz", [new(column, cell)]));

    [Theory]
    [InlineData(MatchBy.Name, "Umbrella")]
    [InlineData(MatchBy.Name, "")]
    [InlineData(MatchBy.Name, "--")]
    [InlineData(MatchBy.Domain, "jane@gmail.com")]
    [InlineData(MatchBy.Domain, "no domain")]
    [InlineData(MatchBy.CrmId, "zzz")]
    public void Nothing_near_is_an_empty_list(MatchBy by, string key) => Assert.Empty(Near.Find(by, key, []));

    [Fact]
    public void Twenty_thousand_accounts_give_five_candidates()
    {
        var near = new NearCandidates(new AccountMatcher(
            [.. Enumerable.Range(0, 20_000)
                .Select(i => new NumberedAccount(i, Account($"a{i}", $"Company {i}", $"CUST{i:00000}", [$"company{i}.com"])))]));
        foreach (var by in Enum.GetValues<MatchBy>())
            for (var i = 0; i < 5; i++)
                Assert.Equal(NearCandidates.Max, near.Find(by, Key(by, i), []).Count);
    }

    private static string Key(MatchBy by, int i) => by switch
    {
        MatchBy.CrmId => $"CUSTX{i:00000}",
        MatchBy.AccountId => $"a{i + 100}x",
        MatchBy.Domain => $"compani{i}.com",
        _ => $"Compani {i} GmbH",
    };
}
