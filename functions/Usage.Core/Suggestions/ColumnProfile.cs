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

    private readonly List<string> _samples = [];
    private int _filled;
    private int _pointNumbers;
    private int _commaNumbers;
    private int _booleans;
    private int _zerosAndOnes;
    private int _dates;

    public string Name => name;

    /// <summary>Cells that are not blank, to look accounts up with.</summary>
    public List<string> Cells { get; } = [];

    public IReadOnlyList<string> Samples => _samples;

    public bool IsBlank => _filled == 0;

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
        _filled++;
        if (WithPoint.Parse(DataType.Numeric, cell, out _, out _) == CellState.Value) _pointNumbers++;
        if (WithComma.Parse(DataType.Numeric, cell, out _, out _) == CellState.Value) _commaNumbers++;
        if (WithPoint.Parse(DataType.Boolean, cell, out _, out _) == CellState.Value) _booleans++;
        if (cell.SequenceEqual("0"u8) || cell.SequenceEqual("1"u8)) _zerosAndOnes++;
        if (IsDate(cell)) _dates++;
        if (Cells.Count >= MaxCells) return;
        var text = Encoding.UTF8.GetString(cell);
        Cells.Add(text);
        if (_samples.Count < MaxSamples && !_samples.Contains(text)) _samples.Add(text.Length <= MaxShown ? text : $"{text[..MaxShown]}…");
    }

    /// <summary>As an import finds out by the whole file: read with the separator that makes more of them numbers.</summary>
    private int Numbers => Math.Max(_pointNumbers, _commaNumbers);

    /// <summary>A few cells of another type are taken for mistakes.</summary>
    public void Conclude()
    {
        if (_filled == 0) return;
        var most = _filled * 0.8;
        if (_booleans >= most && _zerosAndOnes < _booleans) Type = ColumnType.Boolean;
        else if (_dates >= most) Type = ColumnType.Date;
        else if (Numbers >= most) Type = ColumnType.Numeric;
    }

    public string Why() => Type switch
    {
        ColumnType.Boolean => $"{_booleans} of {_filled} cells are true or false",
        ColumnType.Date => $"{_dates} of {_filled} cells are dates",
        ColumnType.Numeric => $"{Numbers} of {_filled} cells are numbers",
        _ => $"{_filled} cells are text",
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
