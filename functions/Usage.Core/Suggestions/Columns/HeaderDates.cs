using System.Text;
using Usage.Core.Values;

namespace Usage.Core.Suggestions.Columns;

/// <summary>Columns that are called by dates: those of a wide file.</summary>
/// <param name="Format">As a mapping declares it.</param>
/// <param name="Columns">Their places.</param>
internal sealed record HeaderDates(string Format, IReadOnlyList<int> Columns, IReadOnlyList<DateOnly> Dates)
{
    /// <summary>It alone, or another order of day and month too, where nothing shows which it is.</summary>
    public IReadOnlyList<HeaderDates> Readings { get; private init; } = [];

    /// <summary>Of what the columns hold.</summary>
    public DataType Type { get; init; } = DataType.Numeric;

    /// <summary>Two columns are called by one date.</summary>
    public bool Repeats => Dates.Distinct().Count() < Dates.Count;

    private static readonly DateForm[] Forms =
        [.. DateForm.All.Where(form => !form.Digits || form.Format.StartsWith("yyyy", StringComparison.Ordinal))];

    /// <returns>Null: fewer than two are, or other columns are called by numbers, as the cells of a row are.</returns>
    public static HeaderDates? Find(IReadOnlyList<string> names)
    {
        var all = Forms.Select(form => (Form: form, Read: Read(form, names))).Where(one => one.Read.Columns.Count > 1)
            .OrderByDescending(one => one.Read.Columns.Count)
            .ThenByDescending(one => one.Read.Dates.All(date => date.Day == 1)).ToList();
        if (all is not [var (form, found), ..]) return null;
        var others = Enumerable.Range(0, names.Count).Except(found.Columns).Where(place => names[place].Length > 0);
        if (others.Any(place => NumericCell.Of(Encoding.UTF8.GetBytes(names[place])).IsNumber)) return null;
        var opposite = all.Where(one => one.Form.Format == form.Opposite && one.Read.Columns.Count == found.Columns.Count
            && !one.Read.Dates.SequenceEqual(found.Dates)).Select(one => one.Read);
        return found with { Readings = [found, .. opposite] };
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
