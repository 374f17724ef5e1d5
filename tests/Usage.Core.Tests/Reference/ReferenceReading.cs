using Usage.Core.Accounts;
using Usage.Core.Integrations;
using Usage.Core.Issues;
using Usage.Core.Products;
using Usage.Core.Values;
using Usage.Core.Values.Columns;

namespace Usage.Core.Tests.Reference;

/// <summary>One row on its own: its account, what is wrong with it, and the values that it would give.</summary>
internal sealed record ReadRow(
    long Row, string? Account, RowOutcome? Rejected, IReadOnlyList<(string Code, string? Column)> Findings,
    IReadOnlyList<GivenValue> Values)
{
    /// <summary>Cells that totals lack.</summary>
    public IReadOnlyList<RefusedCell> Refused { get; init; } = [];

    /// <summary>The integration's rule, 0 for the first, that found the account; null: none did.</summary>
    public int? Rule { get; init; }
}

/// <param name="Dimension">Null: the date was refused, and all totals of the account and product lack the row.</param>
internal sealed record RefusedCell(long Row, string Account, string Product, string? Dimension, DateOnly Date);

/// <param name="CellDate">The row's own date; <paramref name="Date"/> is the snapshot's.</param>
internal sealed record GivenValue(
    long Row, string Account, MappedProduct Product, MappedDimension Dimension, DateOnly CellDate, DateOnly Date, object Value);

internal static class ReferenceReading
{
    public static ReadRow Read(
        long row, ReferenceCsv.Line line, IReadOnlyList<string> header, ImportMapping mapping, char separator,
        IReadOnlyList<NumberedAccount> accounts, IReadOnlyList<Resolution> resolutions)
    {
        if (line.Broken is { } cell)
            return new ReadRow(row, null, RowOutcome.Invalid,
                [(IssueCode.MalformedQuote, header.ElementAtOrDefault(cell) ?? $"{cell + 1}")], []);
        if (Whole(line, header, mapping.Integration.File) is not { } cells)
            return new ReadRow(row, null, RowOutcome.Invalid, [(IssueCode.WrongCellCount, null)], []);

        var format = mapping.Integration.File;
        var tried = mapping.Integration.Match.Where(rule => !ReferenceCells.IsBlank(format, Cell(rule.Column))).ToArray();
        var deciding = tried.FirstOrDefault(rule => ReferenceAccounts.Find(accounts, rule.By, Cell(rule.Column), resolutions).Count > 0);
        if (tried.Length == 0)
            return new ReadRow(row, null, RowOutcome.Unmatched, [(IssueCode.NoAccountKey, Name(mapping.Integration.Match[0].Column))], []);
        if (deciding is null) return new ReadRow(row, null, RowOutcome.Unmatched, [(IssueCode.Unmatched, Name(tried[0].Column))], []);
        var found = ReferenceAccounts.Find(accounts, deciding.By, Cell(deciding.Column), resolutions);
        if (found.Count > 1) return new ReadRow(row, null, RowOutcome.Ambiguous, [(IssueCode.Ambiguous, Name(deciding.Column))], []);

        var account = found[0].Account.Id.Value;
        var findings = new List<(string, string?)>();
        var values = new List<GivenValue>();
        var refused = new List<(RefusedCell Cell, bool Itself)>();
        foreach (var product in mapping.Products)
        {
            if (product.Wide is { } wide)
            {
                foreach (var (place, name, headerDay) in ReferenceShapes.Dates(header, wide)) ReadAt(product, place, name, headerDay);
                continue;
            }

            if (product.Long is { } shape && !ReferenceShapes.Names(product, Cell(shape.MetricColumn)))
            {
                if (shape.UnknownMetrics == UnknownMetrics.Reject && ReferenceShapes.IsUnknown(mapping, shape, Cell(shape.MetricColumn)))
                    findings.Add((IssueCode.UnknownMetric, Name(shape.MetricColumn)));
                continue;
            }

            var (day, dateCode) = product.DateColumn is null
                ? (mapping.ArrivalDate, null)
                : ReferenceCells.ParseDate(format, product.Period, Cell(product.DateColumn), mapping.ArrivalDate);
            if (dateCode is not null) findings.Add((dateCode, Name(product.DateColumn!)));
            var date = product.DateColumn is null
                ? ReferenceCells.Automatic(product.Period, day) : ReferenceCells.Snap(product.Period, day);
            if (dateCode is not null) refused.Add((new RefusedCell(row, account, product.Id.Value, null, default), true));
            foreach (var dimension in product.Dimensions)
            {
                if (product.Long is { } own && !ReferenceShapes.IsOf(dimension, Cell(own.MetricColumn))) continue;
                var aggregate = mapping.Integration.AllowMultipleRowsPerCustomer ? dimension.Aggregate : Aggregate.Last;
                var (value, code) = ReferenceCells.Parse(format, dimension, aggregate, separator, Cell(dimension.Column!));
                if (code is not null) findings.Add((code, Name(dimension.Column!)));
                if (dateCode is not null || (value is null && code is null)) continue;
                var bad = code is not null && aggregate is Aggregate.Sum or Aggregate.Average;
                refused.Add((new RefusedCell(row, account, product.Id.Value, dimension.Id.Value, date), bad));
                if (value is not null) values.Add(new GivenValue(row, account, product, dimension, day, date, value));
            }
        }

        var whole = findings.Count > 0 && mapping.Integration.OnError.Mode == ErrorMode.SkipRow;
        return new ReadRow(row, account, null, [.. findings.Distinct()], whole ? [] : values)
        {
            Refused = [.. refused.Where(one => whole || one.Itself).Select(one => one.Cell)],
            Rule = mapping.Integration.Match.ToList().IndexOf(deciding),
        };

        // A cell of a wide file, under a header that is a date.
        void ReadAt(MappedProduct product, int place, string name, DateOnly day)
        {
            var (dimension, date) = (product.Dimensions[0], ReferenceCells.Snap(product.Period, day));
            var (value, code) = ReferenceCells.Parse(format, dimension, dimension.Aggregate, separator, cells[place]);
            if (value is null && code is null) return;
            var future = day > mapping.ArrivalDate.AddDays(1);
            if (future) (value, code) = (null, IssueCode.DateInFuture);
            if (code is not null) findings.Add((code, name));
            var bad = future || (code is not null && dimension.Aggregate is Aggregate.Sum or Aggregate.Average);
            refused.Add((new RefusedCell(row, account, product.Id.Value, dimension.Id.Value, date), bad));
            if (value is not null) values.Add(new GivenValue(row, account, product, dimension, day, date, value));
        }

        string Cell(ColumnNames column) => cells[Find(header, column).Place];

        string Name(ColumnNames column) => Find(header, column).Name;
    }

    /// <returns>The row's cells, a blank one for each that may be missing; null: there are too few, or too many.</returns>
    public static string[]? Whole(ReferenceCsv.Line line, IReadOnlyList<string> header, FileFormat format)
    {
        var missing = format.MissingCells == MissingCells.Blank ? Math.Max(0, header.Count - line.Cells.Count) : 0;
        var cells = line.Cells.Concat(Enumerable.Repeat("", missing)).ToArray();
        return cells.Length < header.Count || cells.Skip(header.Count).Any(surplus => surplus.Length > 0) ? null : cells;
    }

    /// <summary>The column's place in the header, and the name of the mapping by which it is there.</summary>
    public static (int Place, string Name) Find(IReadOnlyList<string> header, ColumnNames column) => column.Names
        .Select(name => (header.ToList().FindIndex(there => string.Equals(there, name, StringComparison.OrdinalIgnoreCase)), name))
        .First(found => found.Item1 >= 0);
}
