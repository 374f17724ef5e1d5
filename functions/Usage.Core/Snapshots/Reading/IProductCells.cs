using Usage.Core.Files.Reading;
using Usage.Core.Snapshots.Entries;

namespace Usage.Core.Snapshots.Reading;

/// <summary>Reads one product's dates and values from rows into entries. For one row at a time.</summary>
internal interface IProductCells
{
    /// <param name="ordinal">Of the row's account.</param>
    void Read(RecordReader record, int ordinal, EntryBuffer entries, RowFindings findings);

    /// <summary>The row is refused as a whole: notes which totals lack it.</summary>
    void Refuse(RecordReader record, int ordinal, EntryBuffer entries);

    /// <summary>Adds the day numbers of the snapshots that the row would give values to, had it an account.</summary>
    void AddDates(RecordReader record, ISet<int> dates);
}
