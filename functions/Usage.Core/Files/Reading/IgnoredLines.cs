using System.Text;

namespace Usage.Core.Files.Reading;

/// <summary>Lines of a planned file that were passed over: those above its header, and those that are no rows by its rules.</summary>
public static class IgnoredLines
{
    /// <param name="text">Of the stretch.</param>
    /// <param name="stretch">A batch; or, with no row before it, all that stands before the first one.</param>
    /// <param name="isWanted">By the line's text.</param>
    /// <returns>Where they stand; they have no numbers.</returns>
    public static IReadOnlyList<ErasedRow> Find(
        ReadOnlyMemory<byte> text, FilePlan plan, BatchRange stretch, Func<string, bool> isWanted)
    {
        var (shape, isHead, found) = (RowShape.Of(plan), stretch.FirstRow == 0, new List<ErasedRow>());
        using var reader = RecordReader.Create(text, plan with { IgnoreRows = [] }, stretch);
        while (reader.Read())
        {
            if (isHead && SampleRecords.Names(reader.Csv).SequenceEqual(plan.Header)) isHead = false;
            else if ((isHead || shape.WhyIgnored(reader.Csv) is not null) && isWanted(Encoding.UTF8.GetString(reader.Csv.RawRecord)))
                found.Add(new ErasedRow(0, reader.Offset, reader.Csv.RawRecord.TrimEnd("\r\n"u8).Length));
        }

        // Where no header was found nothing is known of what stands above it.
        return isHead ? [] : found;
    }
}
