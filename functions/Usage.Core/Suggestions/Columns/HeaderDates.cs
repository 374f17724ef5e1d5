using System.Text;

namespace Usage.Core.Suggestions.Columns;

/// <summary>Columns that are called by dates: those of a wide file.</summary>
/// <param name="Format">As a mapping declares it.</param>
/// <param name="Columns">Their places.</param>
internal sealed record HeaderDates(string Format, IReadOnlyList<int> Columns, IReadOnlyList<DateOnly> Dates)
{
    private static readonly DateForm[] Forms =
        [.. DateForm.All.Where(form => !form.Digits || form.Format.StartsWith("yyyy", StringComparison.Ordinal))];

    /// <returns>Null: fewer than two are, or other columns are called by numbers, as the cells of a row are.</returns>
    public static HeaderDates? Find(IReadOnlyList<string> names)
    {
        var found = Forms.Select(form => Read(form, names)).Where(read => read.Columns.Count > 1)
            .OrderByDescending(read => read.Columns.Count)
            .ThenByDescending(read => read.Dates.All(date => date.Day == 1))
            .FirstOrDefault();
        if (found is null || found.Dates.Distinct().Count() < found.Dates.Count) return null;
        var others = Enumerable.Range(0, names.Count).Except(found.Columns).Where(place => names[place].Length > 0);
        return others.Any(place => NumericCell.Of(Encoding.UTF8.GetBytes(names[place])).IsNumber) ? null : found;
    }

    private static HeaderDates Read(DateForm form, IReadOnlyList<string> names)
    {
        var (columns, dates) = (new List<int>(), new List<DateOnly>());
        for (var place = 0; place < names.Count; place++)
        {
            if (names[place].Length == 0 || !form.Read(Encoding.UTF8.GetBytes(names[place]), out var date)) continue;
            columns.Add(place);
            dates.Add(date);
        }

        return new HeaderDates(form.Format, columns, dates);
    }
}
