using System.Text;
using Usage.Core.Accounts.Matching;
using Usage.Core.Suggestions.Reasons;
using Usage.Core.Suggestions;
using Usage.Core.Tests.Accounts;
using Usage.Core.Values;

namespace Usage.Core.Tests.Suggestions;

/// <summary>Which of several columns that find accounts names the account of a row.</summary>
public sealed class KeySuggestTests
{
    private static readonly AccountMatcher Accounts = Roster.Of(
    [
        .. Enumerable.Range(1, 9).Select(number => Roster.Account($"{number}", name: $"Branch {number}")),
        Roster.Account("acme", name: "Acme", crmId: "C1", domains: ["acme.com"]),
        Roster.Account("globex", name: "Globex", crmId: "C2", domains: ["globex.com"]),
        Roster.Account("initech", name: "Initech", crmId: "C3", domains: ["initech.com"]),
    ]);

    [Theory]
    [InlineData("id,name,mau\n1,Acme,5\n2,Globex,6\n3,Initech,7\n", "id", "name")]
    [InlineData("name,mau,id\nAcme,5,1\nGlobex,6,2\nInitech,7,3\n", "id", "name")]
    [InlineData("id,customer_name,mau\n1,Acme,5\n2,Globex,6\n3,Initech,7\n", "id", "customer_name")]
    [InlineData("id,Bezeichnung,mau\n1,Acme,5\n2,Globex,6\n3,Initech,7\n", "id", "Bezeichnung")]
    [InlineData("account_id,customer_id,mau\n1,C1,5\n2,C2,6\n3,C3,7\n", "customer_id", "account_id")]
    [InlineData("user email,support mail,mau\na@acme.com,a@initech.com,5\nb@globex.com,b@acme.com,6\n", "user email", "support mail")]
    public async Task Columns_that_find_other_accounts_leave_it_open(string text, string first, string second)
    {
        var told = await SuggestAsync(text);
        Assert.Empty(told.Integration.Match);
        var choice = Assert.Single(told.Choices);
        Assert.EndsWith("(match)", choice.What);
        Assert.Equal([first, second], choice.Options.Select(option => option.Value));
        Assert.All(choice.Options, option => Assert.Contains("is account", option.Makes));
        Assert.All(told.Columns.Where(column => column.Name != "mau"),
            column => Assert.Equal(Confidence.Unsure, column.Alternatives[0].Confidence));
        Assert.Equal(["mau"], told.Integration.Products[0].Dimensions.Select(one => one.Column!.Names[0]));
    }

    [Fact]
    public async Task Number_that_may_count_rows_is_no_key_beside_one_that_finds_nobody()
    {
        var told = await SuggestAsync("id,customer_no,mau\n1,X1,5\n2,X2,6\n3,X3,7\n");
        Assert.Empty(told.Integration.Match);
        Assert.Equal(["id", "customer_no"], Assert.Single(told.Choices).Options.Select(option => option.Value));
    }

    [Theory]
    [InlineData("id,account_id,mau\n1,acme,5\n2,globex,6\n3,initech,7\n", "account_id")]
    [InlineData("parent_account_id,account_id,mau\nglobex,acme,5\nglobex,globex,6\nacme,initech,7\n", "account_id")]
    [InlineData("billing_customer_id,domain,mau\nC2,acme.com,5\nC2,globex.com,6\nC1,initech.com,7\n", "domain")]
    [InlineData("partner_id,customer_id,mau\nC2,C1,5\nC2,C2,6\nC1,C3,7\n", "customer_id")]
    [InlineData("user email,account owner email,mau\na@acme.com,x@globex.com,5\nb@globex.com,x@globex.com,6\n", "user email")]
    [InlineData("id,name,mau\nacme,Acme,5\nglobex,Globex,6\ninitech,Initech,7\n", "id")]
    [InlineData("parent_account_id,mau\nacme,5\nglobex,6\n", "parent_account_id")]
    public async Task Column_that_is_called_as_the_accounts_own_is_taken(string text, string key)
    {
        var told = await SuggestAsync(text);
        Assert.Equal([key], told.Integration.Match.Select(rule => rule.Column.Names[0]));
        Assert.Empty(told.Choices);
    }

    /// <summary>Rows are those of an account, however it is written.</summary>
    [Theory]
    [InlineData("user_email,day,logins\nann@acme.com,2026-10-01,1\nbob@acme.com,2026-10-02,2\nann@acme.com,2026-10-03,3\n")]
    [InlineData("customer,day,logins\nAcme,2026-10-01,1\nACME Inc.,2026-10-02,2\nacme,2026-10-03,3\n")]
    public async Task Keys_repeat_where_their_accounts_do(string text)
    {
        var told = await SuggestAsync(text);
        Assert.Single(told.Integration.Match);
        Assert.True(told.Integration.AllowMultipleRowsPerCustomer);
        Assert.Contains(told.Reasons, reason => reason.Reason.Contains("1 keys stand in 3 rows", StringComparison.Ordinal));
    }

    internal static async Task<Suggestion> SuggestAsync(string text, string name = "usage.csv")
    {
        var (suggestion, error) = await IntegrationSuggester.SuggestAsync(
            new MemoryStream(Encoding.UTF8.GetBytes(text)), name, new FileFormat(), [], Accounts, new DateOnly(2026, 11, 29),
            TestContext.Current.CancellationToken);
        Assert.Null(error);
        return suggestion!;
    }
}
