using System.Text;
using Usage.Core.Issues;
using Usage.Core.Values;
using Usage.Core.Values.Numbers;

namespace Usage.Core.Tests.Values;

/// <summary>Reads single cells, the way the tests of values write them.</summary>
internal static class Cells
{
    public static (CellState State, UsageValue Value, CellProblem Problem) Parse(DataType type, string cell, FileFormat? format = null)
    {
        var state = Parser(format).Parse(type, Encoding.UTF8.GetBytes(cell), out var value, out var problem);
        return (state, value, problem);
    }

    public static ValueParser Parser(FileFormat? format = null, NumberFormat? number = null, BooleanFormat? boolean = null)
    {
        format ??= new FileFormat();
        return new ValueParser(format, format.DecimalSeparator?[0] ?? '.', number, boolean);
    }

    public static double Number(string cell, string decimalSeparator = ".")
    {
        var (state, value, problem) = Parse(DataType.Numeric, cell, new FileFormat { DecimalSeparator = decimalSeparator });
        Assert.True(state == CellState.Value, problem.Code);
        return value.Number;
    }

    public static string? NumberCode(string cell, string decimalSeparator = ".") =>
        Parse(DataType.Numeric, cell, new FileFormat { DecimalSeparator = decimalSeparator }).Problem.Code;
}
