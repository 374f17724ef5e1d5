using System.Text;
using Usage.Core.Issues;
using Usage.Core.Values;
using Usage.Core.Values.Dates;

namespace Usage.Core.Tests.Values;

/// <summary>Reads a cell of a date column of a daily product.</summary>
internal static class DateCells
{
    public static readonly DateOnly Arrival = new(2026, 11, 22);

    public static DateOnly Read(string cell, DateOrder order = DateOrder.None, params string[] formats)
    {
        var (state, date, problem) = Parse(cell, order, formats);
        Assert.True(state == CellState.Value, problem.Code);
        return date;
    }

    public static string Message(string cell, DateOrder order = DateOrder.None, params string[] formats) =>
        Parse(cell, order, formats).Problem.Message(8, "day");

    public static (CellState State, DateOnly Date, CellProblem Problem) Parse(
        string cell, DateOrder order = DateOrder.None, params string[] formats)
    {
        var parser = new DateParser(new FileFormat { DateFormats = formats, NullTokens = ["n/a"] }, order, Arrival, "daily");
        var state = parser.Parse(Encoding.UTF8.GetBytes(cell), out var date, out var problem);
        return (state, date, problem);
    }
}
