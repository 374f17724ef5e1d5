using System.Text;
using CsvHelper;
using Usage.Core.Files.Reading;

namespace Usage.Core.Files.Planning;

internal static class HeaderNames
{
    /// <summary>The current record's cells as column names: trimmed, and of a mended file without the ' too.</summary>
    public static IReadOnlyList<string> Read(CsvReader csv)
    {
        var names = SampleRecords.Names(csv);
        return ReservedColumns.Mark(names) ? [.. Enumerable.Range(0, names.Count).Select(Mended)] : names;

        string Mended(int column) => Encoding.UTF8.GetString(CellText.Trim(FormulaGuard.TakeOff(csv.GetSpan(column))));
    }
}
