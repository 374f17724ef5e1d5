using System.IO.Hashing;
using System.Text;
using Usage.Core.Products;
using Usage.Core.Values;
using Usage.Core.Values.Numbers;

namespace Usage.Core.Suggestions.Columns;

/// <summary>What a column of a sample holds; memory doesn't grow with the sample.</summary>
internal sealed class ColumnProfile(string name, int place)
{
    public const int MaxValues = 300;
    public const int MaxDistinct = 20_000;

    private const int MaxSamples = 5;
    private const int MaxLength = 300;

    private readonly HashSet<ulong> _distinct = [];
    private readonly Dictionary<string, long> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _nothing = new(StringComparer.OrdinalIgnoreCase);
    private readonly DateEvidence _dates = new();

    public string Name => name;

    /// <summary>0 for the first.</summary>
    public int Place => place;

    public NameWords Words { get; } = new(name);

    public long Blank { get; private set; }

    public long Filled { get; private set; }

    /// <summary>Different cells; of more than <see cref="MaxDistinct"/> so many.</summary>
    public int Distinct => _distinct.Count;

    public NumberEvidence Numbers { get; } = new();

    /// <summary>The first different cells, in their order.</summary>
    public IEnumerable<string> Samples => _values.Keys.Take(MaxSamples).Select(CellText.Shown);

    public ColumnType Type { get; private set; }

    /// <summary>Of a boolean column whose words must be declared.</summary>
    public BooleanFormat? Boolean { get; private set; }

    public IReadOnlyList<DateFinding> Dates { get; private set; } = [];

    /// <summary>Its dates are in both orders of day and month, which can't be read.</summary>
    public DateClash? Clash { get; private set; }

    /// <summary>Cells that stand for nothing in a column of numbers, dates or booleans, as they are written.</summary>
    public IReadOnlyList<string> NullTokens { get; private set; } = [];

    /// <summary>Of a numeric column: cells that are no numbers, in an otherwise numeric column.</summary>
    public long Strays { get; private set; }

    /// <summary>Cells that hold something, but for words for nothing.</summary>
    public long Meant => Filled - _nothing.Values.Sum();

    /// <summary>All different cells, while there are few; null: there are too many.</summary>
    public IReadOnlyDictionary<string, long>? Values => Distinct <= _values.Count ? _values : null;

    /// <summary>The different cells without words for nothing.</summary>
    public IReadOnlyList<string> MeantValues => [.. _values.Keys.Where(value => !NullWords.Contains(value))];

    public bool IsZeroOne => Values is not null && MeantValues is { Count: > 0 } values && values.All(value => value is "0" or "1");

    public void Observe(ReadOnlySpan<byte> cell, long row)
    {
        if (cell.IsEmpty)
        {
            Blank++;
            return;
        }

        Filled++;
        if (_distinct.Count < MaxDistinct) _distinct.Add(XxHash3.HashToUInt64(cell));
        var text = Encoding.UTF8.GetString(cell[..Math.Min(cell.Length, MaxLength)]);
        if (_values.TryGetValue(text, out var count)) _values[text] = count + 1;
        else if (_values.Count < MaxValues) _values.Add(text, 1);
        if (NullWords.Contains(text))
        {
            _nothing[text] = _nothing.GetValueOrDefault(text) + 1;
            return;
        }

        if (NumericCell.Of(cell) is { IsNumber: true } number) Numbers.Add(number);
        _dates.Add(cell, text, row);
    }

    /// <summary>Decides the type, once all rows were observed.</summary>
    public void Conclude() => Be(FindType());

    /// <summary>Most of it are numbers, and it is one of several columns of which that is known: what isn't a number is a stray.</summary>
    public void BeNumeric()
    {
        if (Type == ColumnType.Text) Be(ColumnType.Numeric);
    }

    /// <summary>The column feeds a boolean dimension, so that 0 and 1, active and inactive are what that takes.</summary>
    public bool TryBeBoolean()
    {
        if (Type == ColumnType.Boolean) return true;
        if (Values is null || Meant == 0) return false;
        Boolean = BooleanPairs.AreKnown(MeantValues) ? null : BooleanPairs.Of(MeantValues, states: true);
        if (Boolean is null && !BooleanPairs.AreKnown(MeantValues)) return false;
        Be(ColumnType.Boolean);
        return true;
    }

    /// <summary>Of a new dimension that the column feeds.</summary>
    public DataType DataType => Type switch
    {
        ColumnType.Numeric => DataType.Numeric,
        ColumnType.Boolean => DataType.Boolean,
        _ => DataType.Text,
    };

    /// <summary>Whether the column can feed a dimension that is there.</summary>
    public bool Fits(Dimension stored) => stored.Aggregate == Aggregate.Count || stored.DataType switch
    {
        DataType.Text => true,
        DataType.Boolean => TryBeBoolean(),
        _ => Type == ColumnType.Numeric,
    };

    public NumberFormat? NumberFormat => Type == ColumnType.Numeric ? Numbers.Format() : null;

    private void Be(ColumnType type)
    {
        Type = type;
        if (type is not (ColumnType.Text or ColumnType.Blank)) NullTokens = [.. _nothing.Keys.Order(StringComparer.Ordinal)];
        if (type == ColumnType.Numeric) Strays = Meant - Numbers.Count;
    }

    private ColumnType FindType()
    {
        if (Filled == 0) return ColumnType.Blank;
        if (Meant == 0) return ColumnType.Text;
        if (Values is not null && IsBoolean(MeantValues)) return ColumnType.Boolean;
        Dates = _dates.Find(Meant, Words.SaysDate);
        Clash = _dates.FindClash(Meant);
        if (Dates.Count > 0) return ColumnType.Date;
        var numeric = Numbers.Count * 10 >= Meant * 9 && !Numbers.AreIdentifiers && !Numbers.IsMixed;
        return numeric ? ColumnType.Numeric : ColumnType.Text;
    }

    private bool IsBoolean(IReadOnlyList<string> words)
    {
        if (BooleanPairs.AreKnown(words)) return !IsZeroOne || Words.SaysFlag;
        Boolean = BooleanPairs.Of(words, Words.SaysFlag);
        return Boolean is not null;
    }
}
