using System.Globalization;
using System.Text;
using Usage.Core.Issues;

namespace Usage.Core.Values;

/// <summary>What a cell turned out to be.</summary>
public enum CellState { Blank, Value, Bad }

/// <summary>
/// Reads the cells of one integration's files as typed values, and never guesses. Safe for many threads; numbers
/// and booleans are read without allocating.
/// </summary>
public sealed class ValueParser(FileFormat format)
{
    /// <summary>The longest text, in UTF-16 units: half of what a table property holds.</summary>
    public const int MaxTextLength = 32_000;

    private const string ExpectedBoolean = "true or false, yes or no, 1 or 0, y or n, t or f";

    private readonly NullTokens nullTokens = new(format.NullTokens);
    private readonly NullTokens? clearTokens = format.ClearTokens.Count == 0 ? null : new(format.ClearTokens);
    private readonly byte separator = (byte)format.DecimalSeparator[0];

    /// <summary>Nothing but white space, or one of the null tokens.</summary>
    public bool IsBlank(ReadOnlySpan<byte> cell)
    {
        cell = CellText.Trim(cell);
        return cell.IsEmpty || nullTokens.Contains(cell);
    }

    /// <summary>One of the clear tokens: the stored value is to be taken away.</summary>
    public bool IsCleared(ReadOnlySpan<byte> cell) => clearTokens is not null && clearTokens.Contains(CellText.Trim(cell));

    /// <param name="problem">Set when the cell is bad.</param>
    public CellState Parse(DataType type, ReadOnlySpan<byte> cell, out UsageValue value, out CellProblem problem)
    {
        value = default;
        problem = default;
        cell = CellText.Trim(cell);
        if (cell.IsEmpty || nullTokens.Contains(cell)) return CellState.Blank;
        return type switch
        {
            DataType.Numeric => ParseNumber(cell, out value, out problem),
            DataType.Boolean => ParseBoolean(cell, out value, out problem),
            _ => ParseText(cell, out value, out problem),
        };
    }

    private CellState ParseNumber(ReadOnlySpan<byte> cell, out UsageValue value, out CellProblem problem)
    {
        var state = NumberText.Parse(cell, separator, out var number);
        value = UsageValue.Of(number);
        problem = state switch
        {
            NumberState.Number => default,
            NumberState.NotANumber => new(IssueCode.NotANumber, CellText.Shown(cell), $"a number such as 1234{(char)separator}5"),
            NumberState.TooManyDigits => new(IssueCode.NumberNotExact, CellText.Shown(cell),
                $"a number of at most {DecimalDigits.MaxSignificant} significant digits "
                + "(a text dimension takes longer ones as they stand)"),
            _ => new(IssueCode.NumberNotExact, CellText.Shown(cell),
                "a number that a double can hold, 0 or between 5E-324 and 1.79E+308 in size"),
        };
        return state == NumberState.Number ? CellState.Value : CellState.Bad;
    }

    private static CellState ParseBoolean(ReadOnlySpan<byte> cell, out UsageValue value, out CellProblem problem)
    {
        var yes = IsOneOf(cell, "true"u8, "yes"u8, (byte)'1', (byte)'y', (byte)'t');
        value = UsageValue.Of(yes);
        problem = default;
        if (yes || IsOneOf(cell, "false"u8, "no"u8, (byte)'0', (byte)'n', (byte)'f')) return CellState.Value;
        problem = new(IssueCode.NotABoolean, CellText.Shown(cell), ExpectedBoolean);
        return CellState.Bad;
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

    private static bool IsOneOf(ReadOnlySpan<byte> cell, ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, byte digit, byte c, byte d) =>
        cell.Length == 1 ? cell[0] == digit || (cell[0] | 0x20) == c || (cell[0] | 0x20) == d
        : Ascii.EqualsIgnoreCase(cell, a) || Ascii.EqualsIgnoreCase(cell, b);
}
