using System.Xml;
using Usage.Core.Files.Sources;
using Usage.Core.Issues;

namespace Usage.Core.Files.Workbooks.Packages;

/// <summary>What is wrong with a workbook as a whole.</summary>
internal static class WorkbookErrors
{
    /// <param name="found">As in "a cell where it can't be".</param>
    public static FileRejectedException Broken(string found) => new(IssueCode.NotACsv,
        $"the file: found a broken Excel workbook ({found}), expected a whole one; open it in Excel, save it anew and drop that");

    public static FileRejectedException Broken(Exception cause) => Broken($"\"{CellText.Shown(cause.Message)}\"");

    /// <summary>What the readers of zip and XML throw at bytes that are neither; what storage throws is not among them.</summary>
    public static bool IsBroken(Exception exception) =>
        exception is InvalidDataException or XmlException or EndOfStreamException;
}
