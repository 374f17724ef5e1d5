using System.Text;
using Usage.Core.Accounts;
using Usage.Core.Problems;
using static Usage.Core.Tests.Accounts.Roster;

namespace Usage.Core.Tests.Accounts;

public sealed class AccountSheetTests
{
    private const string Header = "account_id,name,crm_id,domains,aliases\n";

    private static readonly Account Stored = Account("acme", "Acme", "CUST001", ["acme.com"], ["Acme Classic"]);

    [Fact]
    public void Row_is_an_account() =>
        Same(Account("acme", "Acme", "CUST001", ["acme.com", "acme.io"], ["Acme Classic"]),
            Row($"{Header} acme ,Acme,CUST001,acme.com; acme.io;,Acme Classic\n").Over(null));

    [Fact]
    public void Columns_are_found_in_any_order_and_case() =>
        Same(Account("acme", "Acme"), Row("NAME,\" Account_Id \"\nAcme,acme\n").Over(null));

    [Theory]
    [InlineData("account_id,name\nacme,Acme 2\n")]
    [InlineData("account_id,name,crm_id\nacme,Acme 2,CUST001\n")]
    public void Missing_column_keeps_what_is_stored(string csv) => Same(Stored with { Name = "Acme 2" }, Row(csv).Over(Stored));

    [Fact]
    public void Missing_name_is_the_stored_one() =>
        Same(Stored with { CrmId = "CUST002" }, Row("account_id,crm_id\nacme,CUST002\n").Over(Stored));

    [Fact]
    public void Blank_cell_clears_what_is_stored() => Same(Account("acme", "Acme"), Row($"{Header}acme,Acme, ,,\n").Over(Stored));

    [Fact]
    public void Blank_name_is_a_problem() =>
        Assert.Equal(["required row 1, column \"name\": found nothing, expected 1 to 200 characters"],
            Rejected($"{Header}acme, ,CUST001,,\n"));

    [Fact]
    public void Unknown_columns_are_ignored_and_named()
    {
        var sheet = AccountSheet.Read("account_id,name,Industry,,industry\nacme,Acme,Steel,,\n"u8.ToArray(), out var problems)!;
        Assert.Empty(problems);
        Same(Account("acme", "Acme"), Assert.Single(sheet.Rows).Over(null));
        Assert.Equal(
            [
                new Problem("unknown-column", "industry",
                    "found column \"industry\", which is ignored; the columns are account_id, name, crm_id, domains, aliases")
                {
                    Kind = ProblemKind.Warning,
                },
                new Problem("unknown-column", "",
                    "found column \"\", which is ignored; the columns are account_id, name, crm_id, domains, aliases")
                {
                    Kind = ProblemKind.Warning,
                },
            ],
            sheet.Warnings);
    }

    [Theory]
    [InlineData("", "empty-body The file is empty, expected a header: account_id,name,crm_id,domains,aliases")]
    [InlineData("id,NAME,name\n", "missing-column column \"account_id\" is missing; the columns are id, name, name",
        "duplicate-column column \"name\" is there 2 times, expected once")]
    [InlineData("account_id,name\na,A\nb,\u00e9\n",
        "bad-encoding line 3: found bytes that are not UTF-8, expected UTF-8; save the file as \"CSV UTF-8\"")]
    public void File_as_a_whole_may_be_wrong(string csv, params string[] expected)
    {
        Assert.Null(AccountSheet.Read(Encoding.Latin1.GetBytes(csv), out var problems));
        Assert.Equal(expected, problems.Select(problem => $"{problem.Code} {problem.Message}"));
    }

    [Fact]
    public void File_that_would_take_much_memory_is_refused()
    {
        Assert.Equal("too-many-rows found more than 500,000 rows, expected at most that; cut the file into several, and nothing of it is "
            + "done yet", Refusal($"account_id,name\n{string.Concat(Enumerable.Repeat("a\n", 500_001))}"));
        Assert.Equal("too-many-columns found 2,001 columns, expected at most 1,000", Refusal($"account_id{new string(',', 2_000)}\n"));
        Assert.Equal(["text-too-long row 1, column \"aliases\": found 40,000 characters, expected at most 32,000"],
            Rejected($"account_id,name,aliases\na,A,{string.Concat(Enumerable.Repeat("x;", 20_000))}\n"));
        Assert.Equal(500_000, Rejected($"account_id,name\n{string.Concat(Enumerable.Repeat("a\n \n", 500_000))}").Count());
    }

    [Fact]
    public void Bad_rows_say_which_column() => Assert.Equal(
        [
            "invalid-id row 1, column \"account_id\": found \"a/b\", expected 1 to 128 characters, none of / \\ # ? nor control "
                + "characters, and neither . nor ..",
            "wrong-cell-count row 2: found 2 cells, expected 5",
            "free-mail-domain row 3, column \"domains\": found \"gmail.com\", where anybody has an address, expected a domain of the "
                + "account's own",
            "duplicate row 5: account \"b\" is in row 4 already",
            "malformed-quote row 6: a quote is wrong, expected RFC 4180 quoting",
        ],
        Rejected($"{Header}a/b,x,,,\n\na,A\nc,C,,acme.com;gmail.com,\nb,B,,,\nb,B,,,\nd,\"D\"D,,,\n"));

    private static AccountRow Row(string csv) => Assert.Single(AccountSheet.Read(Encoding.UTF8.GetBytes(csv), out _)!.Rows);

    private static string Refusal(string csv)
    {
        Assert.Null(AccountSheet.Read(Encoding.UTF8.GetBytes(csv), out var problems));
        return string.Join('\n', problems.Select(problem => $"{problem.Code} {problem.Message}"));
    }

    private static IEnumerable<string> Rejected(string csv) =>
        AccountSheet.Read(Encoding.UTF8.GetBytes(csv), out _)!.Rejected.Select(row => $"{row.Code} {row.Message}");

    private static void Same(Account expected, Account found) => Assert.Equivalent(expected, found, strict: true);
}
