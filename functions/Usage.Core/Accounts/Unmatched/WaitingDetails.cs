using System.Text;

namespace Usage.Core.Accounts.Unmatched;

/// <summary>
/// What is shown of an identifier's rows, as bytes: lists of many identifiers are passed on without being looked into.
/// </summary>
public static class WaitingDetails
{
    /// <summary>Of a row, those that aren't blank, from the left.</summary>
    public const int MaxCells = 12;

    /// <summary>In UTF-16 units; what is longer is cut.</summary>
    public const int MaxName = 60;

    /// <inheritdoc cref="MaxName"/>
    public const int MaxCell = 100;

    /// <param name="Column">As the header names it.</param>
    public readonly record struct Cell(string Column, string Text);

    /// <returns>The latest <see cref="WaitingKey.MaxDates"/> of them, ascending.</returns>
    public static byte[] Pack(IEnumerable<DateOnly> dates)
    {
        var kept = dates.Distinct().OrderDescending().Take(WaitingKey.MaxDates).Reverse().ToList();
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        foreach (var date in kept) writer.Write7BitEncodedInt(date.DayNumber);
        return bytes.ToArray();
    }

    public static IReadOnlyList<DateOnly> Dates(ReadOnlyMemory<byte> packed)
    {
        using var reader = Reader(packed);
        var dates = new List<DateOnly>();
        while (reader.BaseStream.Position < packed.Length) dates.Add(DateOnly.FromDayNumber(reader.Read7BitEncodedInt()));
        return dates;
    }

    public static byte[] Pack(IEnumerable<Cell> cells)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        foreach (var cell in cells.Take(MaxCells))
        {
            writer.Write(Cut(cell.Column, MaxName));
            writer.Write(Cut(cell.Text, MaxCell));
        }

        return bytes.ToArray();
    }

    public static IReadOnlyList<Cell> Cells(ReadOnlyMemory<byte> packed)
    {
        using var reader = Reader(packed);
        var cells = new List<Cell>();
        while (reader.BaseStream.Position < packed.Length) cells.Add(new Cell(reader.ReadString(), reader.ReadString()));
        return cells;
    }

    private static BinaryReader Reader(ReadOnlyMemory<byte> packed) => new(new MemoryStream(packed.ToArray()), Encoding.UTF8);

    private static string Cut(string text, int most)
    {
        if (text.Length <= most) return text;
        return $"{text.AsSpan(0, char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)}…";
    }
}
