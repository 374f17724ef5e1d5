using Usage.Core.Integrations;
using Usage.Core.Products;
using Usage.Core.Suggestions.Columns;
using Usage.Core.Suggestions.Reasons;
using Usage.Core.Suggestions.Samples;
using Usage.Core.Values;
using static System.FormattableString;

namespace Usage.Core.Suggestions.Proposals;

/// <summary>How the cells of the columns that are mapped are to be read.</summary>
internal sealed class FileProposal(SampleFacts facts, Notes notes)
{
    /// <param name="wide">The columns that are called by dates; null: the file isn't wide.</param>
    /// <param name="period">Of the product that is mapped.</param>
    public FileFormat Make(
        ProductMapping mapping, ColumnProfile? date, IReadOnlyList<ColumnProfile>? wide, LongColumns? narrow, SnapshotPeriod period)
    {
        var names = mapping.Feeds().Select(feed => feed.Column).Append(mapping.Long?.ValueColumn)
            .Select(column => column?.Names[0]).ToHashSet();
        var mapped = narrow?.Mixed is { } mixed ? [.. mixed.Values]
            : wide ?? facts.Usable.Where(column => names.Contains(column.Name)).ToList();
        IReadOnlyList<string> tokens = [.. mapped.Append(date).OfType<ColumnProfile>().SelectMany(column => column.NullTokens)
            .Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)];
        if (tokens.Count > 0)
            notes.Because($"cells that say {string.Join(", ", tokens.Select(token => $"\"{token}\""))} count as blank, in all columns "
                + "(file.nullTokens)");
        var numbers = mapped.Where(column => column.Type == ColumnType.Numeric).ToList();
        // All its values are looked at for the separator: texts among them prove nothing.
        if (narrow?.Mixed is not null && numbers.Count > 0) numbers = [narrow.Value];
        foreach (var (why, count, samples) in facts.Ignored)
            notes.Because(Invariant($"{count} rows are left out, since {why}: line {samples[0].Line} \"{samples[0].Text}\""));
        return new FileFormat
        {
            DecimalSeparator = Decimals.Find(facts.Table, numbers, tokens, notes),
            NullTokens = tokens,
            IgnoreRows = facts.Table.IgnoreRows,
            DateFormats = date is null ? [] : Formats(date, period),
        };
    }

    /// <summary>
    /// What must be listed and, where the sample proves an order of day and month, that order: next month's file may not prove it.
    /// </summary>
    private static IReadOnlyList<string> Formats(ColumnProfile date, SnapshotPeriod period)
    {
        if (date.Dates is not [{ Form: var form } reading]) return [];
        var listed = form.Listed || (form.Format == DateForm.Month && SnapshotDates.PeriodOfDays(period) is not null)
            || (form.Opposite is not null && reading.Count == date.Meant);
        return listed ? [form.Format] : [];
    }
}
