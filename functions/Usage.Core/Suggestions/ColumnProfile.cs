using System.Text;
using Usage.Core.Values;
using Usage.Core.Values.Dates;

namespace Usage.Core.Suggestions;

/// <summary>The type of a column, as far as a sample shows it.</summary>
internal sealed class ColumnProfile(string name)
{
    private const int MaxSamples = 5;
    private const int MaxCells = 200;
    private const int MaxShown = 100;

    private static readonly FileFormat Format = new();
    private static readonly ValueParser WithPoint = new(Format, '.');
    private static readonly ValueParser WithComma = new(Format, ',');

    private readonly List<string> samples = [];
    private int filled;
    private int pointNumbers;
    private int commaNumbers;
    private int booleans;
    private int zerosAndOnes;
    private int dates;

    public string Name => name;

    /// <summary>Cells that are not blank, to look accounts up with.</summary>
    public List<string> Cells { get; } = [];

    public IReadOnlyList<string> Samples => samples;

    public bool IsBlank => filled == 0;

    public ColumnType Type { get; private set; } = ColumnType.Text;

    public DataType DataType => Type switch
    {
        ColumnType.Numeric => DataType.Numeric,
        ColumnType.Boolean => DataType.Boolean,
        _ => DataType.Text,
    };

    public void Observe(ReadOnlySpan<byte> cell, long row)
    {
        if (cell.IsEmpty) return;
        filled++;
        if (WithPoint.Parse(DataType.Numeric, cell, out _, out _) == CellState.Value) pointNumbers++;
        if (WithComma.Parse(DataType.Numeric, cell, out _, out _) == CellState.Value) commaNumbers++;
        if (WithPoint.Parse(DataType.Boolean, cell, out _, out _) == CellState.Value) booleans++;
        if (cell.SequenceEqual("0"u8) || cell.SequenceEqual("1"u8)) zerosAndOnes++;
        if (IsDate(cell)) dates++;
        if (Cells.Count >= MaxCells) return;
        var text = Encoding.UTF8.GetString(cell);
        Cells.Add(text);
        if (samples.Count < MaxSamples && !samples.Contains(text)) samples.Add(text.Length <= MaxShown ? text : $"{text[..MaxShown]}…");
    }

    /// <summary>As an import finds out by the whole file: read with the separator that makes more of them numbers.</summary>
    private int Numbers => Math.Max(pointNumbers, commaNumbers);

    /// <summary>A few cells of another type are taken for mistakes.</summary>
    public void Conclude()
    {
        if (filled == 0) return;
        var most = filled * 0.8;
        if (booleans >= most && zerosAndOnes < booleans) Type = ColumnType.Boolean;
        else if (dates >= most) Type = ColumnType.Date;
        else if (Numbers >= most) Type = ColumnType.Numeric;
    }

    public string Why() => Type switch
    {
        ColumnType.Boolean => $"{booleans} of {filled} cells are true or false",
        ColumnType.Date => $"{dates} of {filled} cells are dates",
        ColumnType.Numeric => $"{Numbers} of {filled} cells are numbers",
        _ => $"{filled} cells are text",
    };

    private static bool IsDate(ReadOnlySpan<byte> cell)
    {
        // Long enough for a full date, and not just a number.
        if (cell.Length < 8 || cell.IndexOfAny("-/."u8) < 0) return false;
        foreach (var order in (ReadOnlySpan<DateOrder>)[DateOrder.DayFirst, DateOrder.MonthFirst])
        {
            var parser = new DateParser(Format, order, DateOnly.MaxValue, periodOfDays: null);
            if (parser.Parse(cell, out _, out _) == CellState.Value) return true;
        }

        return false;
    }
}
