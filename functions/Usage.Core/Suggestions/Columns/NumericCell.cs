using System.Text;
using Usage.Core.Values.Numbers;

namespace Usage.Core.Suggestions.Columns;

/// <summary>What a cell is as a number, with all marks that one could declare.</summary>
internal readonly record struct NumericCell
{
    private static readonly NumberReader Plain = new(null);

    public bool AsPoint { get; private init; }

    public bool AsComma { get; private init; }

    /// <summary>As a point reads it or, where that can't, a comma.</summary>
    public double Value { get; private init; }

    /// <summary>More digits than a number keeps, or a zero in front: an identifier.</summary>
    public bool IsIdentifier { get; private init; }

    public NumberMark Marks { get; private init; }

    public bool IsNumber => AsPoint || AsComma;

    /// <param name="cell">Trimmed, not empty.</param>
    public static NumericCell Of(ReadOnlySpan<byte> cell)
    {
        var plain = Read(cell, DigitGrouping.Standard);
        if (plain.IsNumber || cell.Length > 64 || cell.IndexOfAnyInRange((byte)'0', (byte)'9') < 0) return plain;
        var (marks, core) = NumberMark.Split(Encoding.UTF8.GetString(cell));
        if (core.Length == 0) return plain;
        var bytes = Encoding.UTF8.GetBytes(core);
        var read = Read(bytes, DigitGrouping.Standard);
        if (!read.IsNumber && Read(bytes, DigitGrouping.Indian) is { AsPoint: true } indian)
            (read, marks) = (indian with { AsComma = false }, marks with { Indian = true });
        return read.IsNumber && !read.IsIdentifier ? read with { Marks = marks } : plain;
    }

    private static NumericCell Read(ReadOnlySpan<byte> cell, DigitGrouping grouping)
    {
        var reader = grouping == DigitGrouping.Standard ? Plain : new NumberReader(new NumberFormat { Grouping = grouping });
        var asPoint = reader.Read(cell, (byte)'.', out var point);
        var asComma = reader.Read(cell, (byte)',', out var comma);
        return new NumericCell
        {
            AsPoint = asPoint != NumberState.NotANumber,
            AsComma = asComma != NumberState.NotANumber,
            Value = asPoint == NumberState.Number ? point : comma,
            IsIdentifier = asPoint == NumberState.NotExact
                || (cell.Length > 1 && cell[0] == '0' && !cell.ContainsAnyExceptInRange((byte)'0', (byte)'9')),
        };
    }
}
