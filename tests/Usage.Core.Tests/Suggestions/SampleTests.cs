using System.IO.Compression;
using System.Text;
using Usage.Core.Files.Sources;
using Usage.Core.Issues;
using Usage.Core.Suggestions;
using Usage.Core.Suggestions.Proposals;
using Usage.Core.Tests.Accounts;
using Usage.Core.Values;

namespace Usage.Core.Tests.Suggestions;

/// <summary>How much of a file is looked at, and what is refused.</summary>
public sealed class SampleTests
{
    private const int Most = 16 << 20;
    private const int End = 64 << 10;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_a_long_plain_file_the_end_is_looked_at_too(bool seekable)
    {
        var file = new MemoryStream();
        file.Write("customer_id,mau\n"u8);
        var rows = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 10_000).Select(i => $"CUST{i % 3:D3},{i}\n")));
        while (file.Length < Most + (1 << 20)) file.Write(rows);
        file.Write("Total,99\n\"Confidential, for internal use\"\n"u8);
        file.Position = 0;
        var told = await SuggestAsync(seekable ? file : new PrefixedStream(default, file));
        Assert.Equal(((long)Most + End, false), (told.File.BytesRead, told.File.Complete));
        Assert.Equal(["Total", "Confidential, for internal use"], told.File.IgnoreRows.Select(rule => rule.EqualTo ?? rule.StartsWith));
    }

    [Fact]
    public async Task All_of_a_small_file_is_looked_at()
    {
        var told = await SuggestAsync(new MemoryStream("customer_id,mau\nCUST001,5\n"u8.ToArray()));
        Assert.Equal((26L, true), (told.File.BytesRead, told.File.Complete));
        Assert.Empty(told.Warnings);
    }

    [Fact]
    public async Task Header_that_somebody_has_said_is_taken_and_kept()
    {
        const string Text = "customer_id,old\nCUST001,5\ncustomer_id,mau\nCUST001,6\n";
        var told = await SuggestAsync(new MemoryStream(Encoding.UTF8.GetBytes(Text)), new FileFormat { HeaderRow = 3 });
        Assert.Equal(["customer_id", "mau"], told.Columns.Select(column => column.Name));
        Assert.Equal((3L, 3), (told.File.HeaderRow, told.Integration.File.HeaderRow));

        var (none, error) = await AskAsync(new MemoryStream(Encoding.UTF8.GetBytes(Text)), new FileFormat { HeaderRow = 60 });
        Assert.Null(none);
        Assert.Contains("60", error!.Message);
    }

    [Theory]
    [InlineData("CUST001,5,6,7\nCUST002,oops,8,9\n", FileShape.Wide)]
    [InlineData("CUST001,5,n/a,7\nCUST002,oops,8,n/a\nCUST003,4,4,4\n", FileShape.Wide)]
    [InlineData("CUST001,Pro,Pro,Free\nCUST002,Free,Pro,7\n", FileShape.Columns)]
    public async Task Columns_called_by_dates_are_what_most_of_their_cells_together_are(string rows, FileShape shape)
    {
        var told = await SuggestAsync(new MemoryStream(Encoding.UTF8.GetBytes("customer_id,2026-01,2026-02,2026-03\n" + rows)));
        Assert.Equal(shape, told.File.Shape);
        if (shape == FileShape.Columns) return;
        Assert.Equal(
            [(Confidence.Likely, true), (Confidence.Sure, false), (Confidence.Sure, false)],
            told.Columns.Skip(1).Select(column => column.Alternatives[0]).Select(
                one => (one.Confidence, one.Reason.Contains("others will be refused", StringComparison.Ordinal))));
        Assert.Equal(rows.Contains("n/a", StringComparison.Ordinal), told.Integration.File.NullTokens.Contains("n/a"));
    }

    [Fact]
    public async Task What_numbers_carry_is_said_with_the_column()
    {
        const string Text = "customer_id,period,mau,share\nCUST001,2024-01-01,12 users,12%\nCUST002,2024-01-01,(7 users),13%\n"
            + "CUST003,2024-01-01,9 users,15%\n";
        var told = await SuggestAsync(new MemoryStream(Encoding.UTF8.GetBytes(Text)));
        Assert.Contains("\"users\" is taken off, (5) is read as -5", told.Columns[2].Alternatives[0].Reason);
        Assert.Contains("5% is read as 5", told.Columns[3].Alternatives[0].Reason);
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(500, 3)]
    [InlineData(3, 500)]
    public async Task Column_with_dates_in_both_orders_is_warned_of(int dayFirst, int monthFirst)
    {
        var text = "customer_id,period,mau\n" + string.Concat(Enumerable.Repeat("CUST001,13/01/2024,5\n", dayFirst))
            + string.Concat(Enumerable.Repeat("CUST002,01/14/2024,6\n", monthFirst));
        var told = await SuggestAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)));
        var warning = Assert.Single(told.Warnings, one => one.Code == IssueCode.DateOrderContradicted);
        Assert.Contains("row 1 \"13/01/2024\" can only be day first", warning.Message);
        Assert.Contains($"row {dayFirst + 1} \"01/14/2024\" only month first", warning.Message);
        if (Math.Min(dayFirst, monthFirst) * 10 > dayFirst + monthFirst)
            Assert.Equal(Confidence.Unsure, told.Columns[1].Alternatives[0].Confidence);
    }

    [Theory]
    [InlineData("%PDF-1.7\n", IssueCode.NotACsv, "PDF")]
    [InlineData("{\"rows\": []}", IssueCode.NotACsv, "JSON")]
    [InlineData(" \n\n", IssueCode.EmptyFile, "white space")]
    [InlineData("id,mau\n1,\"2\n3,4\n", IssueCode.UnclosedQuote, "row 1")]
    [InlineData("id,mau\n1,2\n\"Note\n3,4\n", IssueCode.UnclosedQuote, "row 2")]
    public async Task What_is_no_csv_is_refused_with_what_it_is(string text, string code, string holds)
    {
        var (suggestion, error) = await AskAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)));
        Assert.Null(suggestion);
        Assert.Equal(code, error!.Code);
        Assert.Contains(holds, error.Message);
    }

    [Fact]
    public async Task Broken_gzip_is_refused() =>
        Assert.Equal(IssueCode.GzipTruncated, (await AskAsync(new MemoryStream(Packed("id,mau\n", "1,2\n", 100)[..^6]))).Error!.Code);

    internal static async Task<Suggestion> SuggestAsync(Stream file, FileFormat? said = null)
    {
        var (suggestion, error) = await AskAsync(file, said);
        Assert.Null(error);
        return suggestion!;
    }

    private static Task<(Suggestion? Suggestion, RunError? Error)> AskAsync(Stream file, FileFormat? said = null)
    {
        var accounts = Roster.Of(Roster.Account("acme", crmId: "CUST001"));
        return IntegrationSuggester.SuggestAsync(
            file, "usage.csv", said ?? new FileFormat(), [], accounts, new DateOnly(2026, 11, 29), CancellationToken.None);
    }

    internal static byte[] Packed(string header, string row, int times)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(header));
            var block = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(row, Math.Min(times, 10_000))));
            for (var done = 0; done < times; done += 10_000) gzip.Write(block);
        }

        return packed.ToArray();
    }
}
