using System.Text;

namespace Usage.Core.Tests.Files.Workbooks;

/// <summary>Workbooks as the planning pass stages them.</summary>
internal static class WorkbookFixture
{
    /// <summary>The CSV of the sheet that a mapping reads that needs no column but <c>id</c>.</summary>
    public static async Task<string> StagedAsync(byte[] workbook)
    {
        var file = await FileFixture.PlanAsync(workbook);
        Assert.True(file.Plan is { Staged: true, Typed: true, Dialect.Delimiter: ',', Encoding: "utf-8" });
        return Encoding.UTF8.GetString(file.Content);
    }

    /// <summary>The cells of one row below the header <c>id</c>, as they are staged.</summary>
    /// <param name="cells">Those of row 2.</param>
    public static async Task<string> RowAsync(string cells, HandMade? workbook = null)
    {
        const string Header = "<row r=\"1\"><c t=\"inlineStr\"><is><t>id</t></is></c></row>";
        var staged = await StagedAsync((workbook ?? new HandMade()).Sheet($"{Header}<row r=\"2\">{cells}</row>").Bytes());
        Assert.StartsWith("\"id\"\r\n", staged);
        return staged["\"id\"\r\n".Length..].TrimEnd();
    }
}
