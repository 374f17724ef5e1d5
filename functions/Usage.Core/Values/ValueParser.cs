using System.Globalization;
using System.Text;
using Usage.Core.Issues;
using Usage.Core.Values.Numbers;

namespace Usage.Core.Values;

/// <summary>What a cell turned out to be.</summary>
public enum CellState { Blank, Value, Bad }

/// <summary>
/// Reads the cells of one integration's files as typed values, and never guesses. Safe for many threads; numbers
/// and booleans are read without allocating.
/// </summary>
/// <param name="decimalSeparator">The declared one, or what the file proved.</param>
/// <param name="number">What is declared of the column's numbers.</param>
/// <param name="boolean">The column's words; null: those that everybody knows.</param>
public sealed class ValueParser(FileFormat format, char decimalSeparator, NumberFormat? number = null, BooleanFormat? boolean = null)
{
    /// <summary>The longest text, in UTF-16 units: half of what a table property holds.</summary>
    public const int MaxTextLength = 32_000;

    private readonly WordList _nullTokens = new(format.NullTokens);
    private readonly WordList? _clearTokens = format.ClearTokens.Count == 0 ? null : new(format.ClearTokens);
    private readonly NumberReader _numbers = new(number);
    private readonly BooleanWords _words = new(boolean);

    /// <summary>Nothing but white space and invisible characters, or one of the null tokens.</summary>
    public bool IsBlank(ReadOnlySpan<byte> cell)
    {
        cell = CellText.Trim(cell);
        return cell.IsEmpty || _nullTokens.Contains(cell);
    }

    /// <summary>One of the clear tokens: the stored value is to be taken away.</summary>
    public bool IsCleared(ReadOnlySpan<byte> cell) => _clearTokens is not null && _clearTokens.Contains(CellText.Trim(cell));

    /// <param name="problem">Set when the cell is bad.</param>
    public CellState Parse(DataType type, ReadOnlySpan<byte> cell, out UsageValue value, out CellProblem problem)
    {
        value = default;
        problem = default;
        cell = CellText.Trim(cell);
        if (cell.IsEmpty || _nullTokens.Contains(cell)) return CellState.Blank;
        return type switch
        {
            DataType.Numeric => ParseNumber(cell, out value, out problem),
            DataType.Boolean => ParseBoolean(cell, out value, out problem),
            _ => ParseText(cell, out value, out problem),
        };
    }

    private CellState ParseNumber(ReadOnlySpan<byte> cell, out UsageValue value, out CellProblem problem)
    {
        var state = _numbers.Read(cell, (byte)decimalSeparator, out var read);
        value = UsageValue.Of(read);
        problem = state switch
        {
            NumberState.Number => default,
            NumberState.NotANumber => new(IssueCode.NotANumber, CellText.Shown(cell), $"a number such as 1234{decimalSeparator}5"),
            NumberState.NotExact => new(IssueCode.NumberNotExact, CellText.Shown(cell),
                "a whole number that a double holds exactly, as it does all up to 9007199254740992 "
                + "(a text dimension takes longer ones as they stand)"),
            _ => new(IssueCode.NumberNotExact, CellText.Shown(cell), "a number that a double can hold, at most 1.79E+308 in size"),
        };
        return state == NumberState.Number ? CellState.Value : CellState.Bad;
    }

    private CellState ParseBoolean(ReadOnlySpan<byte> cell, out UsageValue value, out CellProblem problem)
    {
        var word = _words.Read(cell);
        value = UsageValue.Of(word == true);
        problem = word is null ? new(IssueCode.NotABoolean, CellText.Shown(cell), _words.Expected) : default;
        return word is null ? CellState.Bad : CellState.Value;
    }

    private static CellState ParseText(ReadOnlySpan<byte> cell, out UsageValue value, out CellProblem problem)
    {
        value = default;
        problem = default;
        var length = cell.Length <= MaxTextLength ? cell.Length : Encoding.UTF8.GetCharCount(cell);
        if (length <= MaxTextLength)
        {
            value = UsageValue.Of(Encoding.UTF8.GetString(cell));
            return CellState.Value;
        }
        var expected = string.Create(CultureInfo.InvariantCulture, $"a text of at most {MaxTextLength:N0} characters, not {length:N0}");
        problem = new(IssueCode.TextTooLong, CellText.Shown(cell), expected);
        return CellState.Bad;
    }
}
