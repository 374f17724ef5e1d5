namespace Usage.Core.Files.Reading;

/// <summary>
/// Which of a file's first rows is the header: the one of the declared line, or the first that has all mapped columns. Of a rejected file
/// it is the first row.
/// </summary>
internal sealed class HeaderSearch(WantedColumns wanted, int? line)
{
    private const int MostRows = 50;

    private int _offered;
    private int _found = -1;

    /// <summary>Nothing more is to be offered.</summary>
    public bool Ended => line is null && _offered == MostRows;

    /// <summary>The names of the row that has most mapped columns, the first of those that have the same number; null before any.</summary>
    public IReadOnlyList<string>? Best { get; private set; }

    /// <summary>The place of <see cref="Best"/> among the rows that were offered.</summary>
    public int BestPlace { get; private set; }

    /// <returns>The row is the header.</returns>
    public bool Offer(IReadOnlyList<string> names, long at)
    {
        var known = wanted.In(names);
        if (Best is null || known > _found || at == line) (Best, BestPlace, _found) = (names, _offered, known);
        _offered++;
        if (_offered == 1 && ReservedColumns.Mark(names)) return true;
        return line is null ? known == wanted.Count : at >= line;
    }
}
