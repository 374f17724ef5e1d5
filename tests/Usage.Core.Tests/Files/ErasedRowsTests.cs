using System.Text;
using Usage.Core.Files;
using Usage.Core.Files.Reading;

namespace Usage.Core.Tests.Files;

public sealed class ErasedRowsTests
{
    private const string Text = "id,n\na,1\n\"b\nb\",2\n\nc,3\r\nd,4";

    private static readonly ErasedRow Second = new(2, 9, 7);
    private static readonly ErasedRow Last = new(4, 23, 3);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Erased_rows_are_counted_whether_they_are_blank_yet_or_not(bool blank)
    {
        var file = await FileFixture.PlanAsync(Text);
        var text = Encoding.UTF8.GetBytes(Text);
        var erased = new ErasedRows([Second, Last]);
        if (blank) erased.Blank(text, 0);
        var batch = file.Plan.Batches.Single();
        using var reader = RecordReader.Create(text.AsMemory((int)batch.Offset, (int)batch.Length), file.Plan, batch, erased);
        var found = new List<string>();
        while (reader.Read())
            found.Add($"{reader.Row} {(reader.IsErased ? "erased" : Encoding.UTF8.GetString(reader.GetCell(0)))}");

        Assert.Equal(["1 a", "2 erased", "3 c", "4 erased"], found);
    }

    [Fact]
    public void Blanks_stand_where_rows_were_and_line_endings_stay()
    {
        var text = Encoding.UTF8.GetBytes(Text);

        // As a copy is written: piece by piece, with a row over the border of two.
        new ErasedRows([Second, Last]).Blank(text.AsSpan(0, 12), 0);
        new ErasedRows([Second, Last]).Blank(text.AsSpan(12), 12);

        Assert.Equal("id,n\na,1\n       \n\nc,3\r\n   ", Encoding.UTF8.GetString(text));
    }
}
