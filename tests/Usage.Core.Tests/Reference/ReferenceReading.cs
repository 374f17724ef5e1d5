using Usage.Core.Accounts;
using Usage.Core.Integrations;
using Usage.Core.Integrations.Columns;
using Usage.Core.Issues;

namespace Usage.Core.Tests.Reference;

/// <summary>One row on its own: its account, what is wrong with it, and the values that it would give.</summary>
internal sealed record ReadRow(
    long Row, string? Account, RowOutcome? Rejected, IReadOnlyList<(string Code, string? Column)> Findings,
    IReadOnlyList<GivenValue> Values);

/// <param name="CellDate">The row's own date; <paramref name="Date"/> is the snapshot's.</param>
internal sealed record GivenValue(
    long Row, string Account, MappedProduct Product, MappedDimension Dimension, DateOnly CellDate, DateOnly Date, object Value);

internal static class ReferenceReading
{
    public static ReadRow Read(
        long row, ReferenceCsv.Line line, IReadOnlyList<string> header, ImportMapping mapping, char separator,
        IReadOnlyList<NumberedAccount> accounts)
    {
        if (line.Broken is { } cell)
            return new ReadRow(row, null, RowOutcome.Invalid,
                [(IssueCode.MalformedQuote, header.ElementAtOrDefault(cell) ?? $"{cell + 1}")], []);
        if (line.Cells.Count != header.Count) return new ReadRow(row, null, RowOutcome.Invalid, [(IssueCode.WrongCellCount, null)], []);

        var format = mapping.Integration.File;
        var tried = mapping.Integration.Match.Where(rule => !ReferenceCells.IsBlank(format, Cell(rule.Column))).ToArray();
        var deciding = tried.FirstOrDefault(rule => ReferenceAccounts.Find(accounts, rule.By, Cell(rule.Column)).Count > 0);
        if (tried.Length == 0)
            return new ReadRow(row, null, RowOutcome.Unmatched, [(IssueCode.NoAccountKey, Name(mapping.Integration.Match[0].Column))], []);
        if (deciding is null) return new ReadRow(row, null, RowOutcome.Unmatched, [(IssueCode.Unmatched, Name(tried[0].Column))], []);
        var found = ReferenceAccounts.Find(accounts, deciding.By, Cell(deciding.Column));
        if (found.Count > 1) return new ReadRow(row, null, RowOutcome.Ambiguous, [(IssueCode.Ambiguous, Name(deciding.Column))], []);

        var account = found[0].Account.Id.Value;
        var findings = new List<(string, string?)>();
        var values = new List<GivenValue>();
        foreach (var product in mapping.Products)
        {
            var (day, dateCode) = product.DateColumn is null
                ? (mapping.ArrivalDate, null)
                : ReferenceCells.ParseDate(format, Cell(product.DateColumn), mapping.ArrivalDate);
            if (dateCode is not null) findings.Add((dateCode, Name(product.DateColumn!)));
            var date = product.DateColumn is null
                ? ReferenceCells.Automatic(product.Period, day) : ReferenceCells.Snap(product.Period, day);
            foreach (var dimension in product.Dimensions)
            {
                var (value, code) = ReferenceCells.Parse(format, dimension, separator, Cell(dimension.Column));
                if (code is not null) findings.Add((code, Name(dimension.Column)));
                if (value is not null && dateCode is null) values.Add(new GivenValue(row, account, product, dimension, day, date, value));
            }
        }

        if (findings.Count > 0 && mapping.Integration.OnError.Mode == ErrorMode.SkipRow) values.Clear();
        return new ReadRow(row, account, null, [.. findings.Distinct()], values);

        string Cell(ColumnNames column) => line.Cells[Find(header, column).Place];

        string Name(ColumnNames column) => Find(header, column).Name;
    }

    /// <summary>The column's place in the header, and the name of the mapping by which it is there.</summary>
    public static (int Place, string Name) Find(IReadOnlyList<string> header, ColumnNames column) => column.Names
        .Select(name => (header.ToList().FindIndex(there => string.Equals(there, name, StringComparison.OrdinalIgnoreCase)), name))
        .First(found => found.Item1 >= 0);
}
