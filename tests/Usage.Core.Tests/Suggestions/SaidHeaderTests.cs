using System.Text;
using Usage.Core.Values;

namespace Usage.Core.Tests.Suggestions;

/// <summary>The header's line where somebody has said it.</summary>
public sealed class SaidHeaderTests
{
    [Fact]
    public async Task Header_that_somebody_has_said_is_taken_and_kept()
    {
        const string Text = "customer_id,old\nCUST001,5\ncustomer_id,mau\nCUST001,6\n";
        var told = await SampleTests.SuggestAsync(new MemoryStream(Encoding.UTF8.GetBytes(Text)), new FileFormat { HeaderRow = 3 });
        Assert.Equal(["customer_id", "mau"], told.Columns.Select(column => column.Name));
        Assert.Equal((3L, 3), (told.File.HeaderRow, told.Integration.File.HeaderRow));

        var (none, error) = await SampleTests.AskAsync(new MemoryStream(Encoding.UTF8.GetBytes(Text)), new FileFormat { HeaderRow = 60 });
        Assert.Null(none);
        Assert.Contains("the file's end before line 60", error!.Message);
    }

    [Theory]
    [InlineData("\n\ncustomer_id,mau\nCUST001,6\n", "found nothing on line 2")]
    [InlineData("\"Report\nof October\",\ncustomer_id,mau\nCUST001,6\n", "found line 2 to be inside of the row that begins on line 1")]
    public async Task Line_on_which_no_row_begins_is_no_header(string text, string found)
    {
        var (none, error) = await SampleTests.AskAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), new FileFormat { HeaderRow = 2 });
        Assert.Null(none);
        Assert.Contains(found, error!.Message);
    }
}
