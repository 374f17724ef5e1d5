using System.Globalization;
using System.Text;

namespace Usage.Benchmarks.Files;

/// <summary>
/// A generated export in the shape of the source page: a customer, two numbers, a text, a boolean. Customers come in no order, each once
/// before any comes again. With dates, each further row of a customer is of the month before; without, it writes over the earlier one.
/// </summary>
internal static class UsageFile
{
    /// <summary>Prime, so that stepping by it meets every account.</summary>
    private const long Step = 7_919;

    private static readonly DateOnly LastDay = new(2026, 10, 20);

    private static readonly string[] Plans = ["Enterprise", "Professional", "Starter", "Free"];

    public static string CrmId(long account) => string.Create(CultureInfo.InvariantCulture, $"CUST{account:0000000}");

    /// <param name="changedIn">One row in so many has another number; 0: none has.</param>
    public static async Task WriteAsync(
        Stream to, long rows, long accounts, bool dates, CancellationToken cancellationToken, int changedIn = 0)
    {
        await using var text = new StreamWriter(to, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        await text.WriteLineAsync($"customer_id,mau,api_calls,plan_type,is_active{(dates ? ",day" : "")}".AsMemory(), cancellationToken);
        var day = "";
        for (long row = 0; row < rows; row++)
        {
            var account = row * Step % accounts;
            if (dates && row % accounts == 0)
                day = string.Create(CultureInfo.InvariantCulture, $",{LastDay.AddMonths(-(int)(row / accounts)):yyyy-MM-dd}");
            var mau = (row % 5_000) + (changedIn > 0 && row % changedIn == 0 ? 5_000 : 0);
            var active = row % 3 == 0 ? "false" : "true";
            await text.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{CrmId(account)},{mau},{row * 31 % 900_000}.{row % 10}{(row % 7) + 1},{Plans[row % 4]},{active}{day}"));
        }
    }

    /// <summary>The body of an import of accounts.</summary>
    public static string Accounts(int count)
    {
        var csv = new StringBuilder("account_id,name,crm_id,domains,aliases\n");
        for (var i = 0; i < count; i++) csv.Append(CultureInfo.InvariantCulture, $"a{i:0000000},Customer {i},{CrmId(i)},,\n");
        return csv.ToString();
    }
}
