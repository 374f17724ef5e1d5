using Usage.Core.Accounts;
using Usage.Core.Problems;
using static Usage.Core.Tests.Accounts.Roster;

namespace Usage.Core.Tests.Accounts;

public sealed class AccountSheetTests
{
    private static readonly string[] Header = ["account_id", "name", "crm_id", "domains", "aliases"];

    [Fact]
    public void Row_is_an_account()
    {
        var account = Read(Header, [" acme ", "Acme", "CUST001", "acme.com; acme.io;", "Acme Classic"])!;
        Assert.True(AccountSheet.Same(Account("acme", "Acme", "CUST001", ["acme.com", "acme.io"], ["Acme Classic"]), account));
    }

    [Fact]
    public void Columns_are_found_in_any_order_and_case() =>
        Assert.True(AccountSheet.Same(Account("acme", "Acme"), Read(["NAME", "other", " Account_Id "], ["Acme", "x", "acme"])!));

    [Fact]
    public void Missing_column_keeps_what_is_stored_and_a_blank_cell_takes_it_away()
    {
        var stored = Account("acme", "Acme", "CUST001", ["acme.com"], ["Acme Classic"]);
        Assert.True(AccountSheet.Same(stored, Read(["account_id", "name"], ["acme", "Acme"], stored)!));
        Assert.True(AccountSheet.Same(Account("acme", "Acme"), Read(Header, ["acme", "Acme", " ", "", ""], stored)!));
        Assert.False(AccountSheet.Same(stored, Read(["account_id", "name"], ["acme", "Acme 2"], stored)!));
    }

    [Fact]
    public void Id_and_name_must_be_among_the_columns()
    {
        Assert.Null(AccountSheet.Open(["id", "NAME", "name"], out var problems));
        Assert.Equal(
            [
                new Problem("duplicate", "name", "found 2 columns of this name, expected one"),
                new Problem("required", "account_id", "found the columns id, NAME, name, expected account_id among them"),
            ],
            problems);
    }

    [Fact]
    public void Bad_rows_say_which_column()
    {
        Assert.Equal([new Problem("invalid", "account_id", "found \"a/b\", expected 1 to 128 characters, none of / \\ # ? nor control characters")], Problems(["a/b", "x", "", "", ""]));
        Assert.Equal([new Problem("required", "name", "found nothing, expected 1 to 200 characters")], Problems(["acme"]));
        Assert.Equal(["domains"], Problems(["acme", "Acme", "", "acme.com;gmail.com", ""]).Select(p => p.Path));
    }

    private static Account? Read(string[] header, string[] cells, Account? stored = null) => AccountSheet.Open(header, out _)!.Read(cells, stored, out _);

    private static IReadOnlyList<Problem> Problems(string[] cells)
    {
        AccountSheet.Open(Header, out _)!.Read(cells, null, out var problems);
        return problems;
    }
}
