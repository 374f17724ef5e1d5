using System.Globalization;
using Usage.Core.Files.Workbooks.Packages;

namespace Usage.Core.Files.Workbooks.Sheets;

/// <summary>
/// What a cell says, as text: what was calculated and stored, never what a format makes of it; only numbers that are shown as dates are
/// dates. What is there is never a blank: an error is its text, a formula that was never calculated is the formula.
/// </summary>
internal sealed class CellReader(FileLimits limits, CellStyles styles, SharedStrings strings, bool from1904)
{
    /// <summary>All whole numbers up to here are written without an exponent.</summary>
    private const double MostWhole = 1e15;

    private readonly TextBuffer _value = new(limits);
    private readonly TextBuffer _formula = new(limits);

    /// <summary>The reader stands at the cell, and then at its end.</summary>
    /// <returns>False: it names a text that was left out.</returns>
    public bool Read(PartReader xml, int column, CsvRows rows)
    {
        var (type, style) = (xml.Attribute("t"), xml.Number("s") ?? 0);
        _value.Clear();
        if (!ReadContent(xml))
        {
            rows.AddText(column, _formula.Text);
            return true;
        }

        if (_value.Length == 0) return true;
        switch (type)
        {
            case "s": return AddShared(column, rows);
            case "b" when _value.Text is "0" or "1": rows.AddPlain(column, _value.Text is "1" ? "true" : "false"); break;
            case null or "n": AddNumber(column, styles.IsDate(style), rows); break;
            default: rows.AddText(column, _value.Text); break;
        }

        return true;
    }

    /// <returns>False: there is a formula and no value.</returns>
    private bool ReadContent(PartReader xml)
    {
        if (xml.IsEmptyElement) return true;
        var (depth, calculated) = (xml.Depth, true);
        while (xml.ReadInside(depth))
        {
            if (!xml.IsElement) continue;
            switch (xml.Name)
            {
                case "f":
                    calculated = false;
                    _formula.Clear();
                    _formula.Append("=");
                    xml.AppendText(_formula);
                    break;
                case "v":
                    calculated = true;
                    xml.AppendText(_value);
                    _value.Unescape(0);
                    break;
                case "is":
                    calculated = true;
                    StringItem.Read(xml, _value);
                    break;
                default:
                    xml.SkipElement();
                    break;
            }
        }

        return calculated;
    }

    private bool AddShared(int column, CsvRows rows)
    {
        if (!int.TryParse(_value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            || !strings.TryGet(index, out var text))
            return strings.Complete
                ? throw WorkbookErrors.Broken($"a cell with text \"{CellText.Shown(_value.Text.ToString())}\", which isn't there") : false;
        rows.AddText(column, text);
        return true;
    }

    private void AddNumber(int column, bool isDate, CsvRows rows)
    {
        var text = _value.Text.Trim();
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !char.IsAsciiDigit(text[^1]))
        {
            rows.AddText(column, _value.Text);
            return;
        }

        if (isDate && SerialDate.ToIso(number, from1904) is { } date) rows.AddPlain(column, date);
        // Some write 1001.0 where others write 1001, which may be the id of an account.
        else if (Math.Abs(number) < MostWhole && Math.Floor(number) == number && text.ContainsAny('.', 'e', 'E'))
            rows.AddPlain(column, ((long)number).ToString(CultureInfo.InvariantCulture));
        else rows.AddPlain(column, text);
    }
}
