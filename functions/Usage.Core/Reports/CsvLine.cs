using System.Text;
using Usage.Core.Files;
using Usage.Core.Values;

namespace Usage.Core.Reports;

/// <summary>A line of a CSV file that spreadsheets open safely: comma, CRLF, and a ' in front of texts that would run as a formula.</summary>
public sealed class CsvLine
{
    private readonly StringBuilder text = new();
    private bool begun;

    public CsvLine Add(UsageValue? value) => value switch
    {
        null => Append(""),
        { Type: DataType.Text } some => Add(some.Text ?? ""),
        { Type: DataType.Boolean } some => Append(some.Boolean ? "true" : "false"),
        { } some => Append(some.Number.ToString("R", System.Globalization.CultureInfo.InvariantCulture)),
    };

    public CsvLine Add(string cell)
    {
        if (FormulaGuard.Needs(Encoding.UTF8.GetBytes(cell), '.')) cell = $"'{cell}";
        return Append(cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
    }

    /// <summary>The line with its end; the next one begins.</summary>
    public string End()
    {
        var line = text.Append("\r\n").ToString();
        text.Clear();
        begun = false;
        return line;
    }

    private CsvLine Append(string cell)
    {
        if (begun) text.Append(',');
        begun = true;
        text.Append(cell);
        return this;
    }
}
