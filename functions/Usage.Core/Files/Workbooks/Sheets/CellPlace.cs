namespace Usage.Core.Files.Workbooks.Sheets;

/// <summary>Where a cell is: <c>AB12</c> is column 28 of row 12.</summary>
internal static class CellPlace
{
    public const int MostRows = 1_048_576;
    public const int MostColumns = 16_384;

    /// <returns>False: it is no place of a sheet.</returns>
    public static bool TryRead(ReadOnlySpan<char> text, out int row, out int column)
    {
        (row, column) = (0, 0);
        var letters = 0;
        for (; letters < text.Length && char.IsAsciiLetter(text[letters]); letters++)
        {
            column = (column * 26) + (text[letters] | 0x20) - 'a' + 1;
            if (column > MostColumns) return false;
        }

        foreach (var digit in text[letters..])
        {
            if (!char.IsAsciiDigit(digit)) return false;
            row = (row * 10) + digit - '0';
            if (row > MostRows) return false;
        }

        return row > 0 && column > 0;
    }

    public static string Letters(int column)
    {
        var letters = "";
        for (; column > 0; column = (column - 1) / 26) letters = (char)('A' + ((column - 1) % 26)) + letters;
        return letters;
    }
}
