using System.Text;
using Usage.Core.Files.Reading;
using Usage.Core.Issues;
using Usage.Core.Snapshots.Reading;

namespace Usage.Core.Snapshots.Rows;

/// <summary>Keeps the cells of some rows as they are read: of a replay or fix, as they were mended.</summary>
/// <param name="columns">Of the file.</param>
public sealed class CellTexts(int columns, IReadOnlySet<long> wanted) : RowLog
{
    /// <summary>By row; the cells without white space around them.</summary>
    public Dictionary<long, IReadOnlyList<string>> Found { get; } = [];

    internal override void Add(
        RecordReader record, bool isOwn, RowOutcome outcome, int ordinal, AccountFinder finder, RowFindings findings)
    {
        if (wanted.Contains(record.Row))
            Found[record.Row] = [.. Enumerable.Range(0, columns).Select(column => Encoding.UTF8.GetString(record.GetCell(column)))];
    }
}
