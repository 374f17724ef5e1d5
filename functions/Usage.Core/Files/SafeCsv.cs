using System.Text;
using CsvHelper;
using Usage.Core.Values;

namespace Usage.Core.Files;

/// <summary>
/// Writes a CSV that spreadsheets open safely: comma, CRLF, UTF-8, and a ' in front of texts that a spreadsheet would run as a formula.
/// </summary>
/// <param name="target">Stays open.</param>
/// <param name="mark">Begin with a byte order mark, without which spreadsheets don't take a file for UTF-8.</param>
/// <param name="decimalSeparator">A text that is a number with it needs no guard, whatever its sign.</param>
public sealed class SafeCsv(Stream target, bool mark, char decimalSeparator = '.') : IDisposable, IAsyncDisposable
{
    private readonly CsvWriter _csv =
        CsvWriter.Create(target, new CsvWriterOptions { WriteByteOrderMark = mark, TrueValue = "true", FalseValue = "false" },
            leaveOpen: true);

    public void Write(string cell) => Write(Encoding.UTF8.GetBytes(cell));

    public void Write(ReadOnlySpan<byte> cell) =>
        _csv.WriteField(FormulaGuard.Needs(cell, decimalSeparator) ? [(byte)'\'', .. cell] : cell);

    /// <param name="value">Null leaves the cell blank.</param>
    public void Write(UsageValue? value)
    {
        switch (value)
        {
            case null: _csv.WriteField(""); break;
            case { Type: DataType.Text } text: Write(text.Text ?? ""); break;
            case { Type: DataType.Boolean } boolean: _csv.WriteField(boolean.Boolean); break;
            case { } number: _csv.WriteField(number.Number); break;
        }
    }

    /// <summary>A cell of ours, which is no formula.</summary>
    public void WritePlain(string cell) => _csv.WriteField(cell);

    public void EndRow() => _csv.EndRecord();

    public ValueTask EndRowAsync(CancellationToken cancellationToken) => _csv.EndRecordAsync(cancellationToken);

    /// <summary>Writes out what is left.</summary>
    public void Dispose() => _csv.Dispose();

    /// <inheritdoc cref="Dispose"/>
    public ValueTask DisposeAsync() => _csv.DisposeAsync();
}
