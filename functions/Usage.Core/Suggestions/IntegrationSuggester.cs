using Usage.Core.Accounts.Matching;
using Usage.Core.Accounts;
using Usage.Core.Files.Sources;
using Usage.Core.Files.Workbooks;
using Usage.Core.Issues;
using Usage.Core.Products;
using Usage.Core.Suggestions.Columns;
using Usage.Core.Suggestions.Proposals;
using Usage.Core.Suggestions.Reasons;
using Usage.Core.Suggestions.Samples;
using Usage.Core.Values;

namespace Usage.Core.Suggestions;

/// <summary>Proposes an integration for a file, with reasons, for a person to check. The same file is told the same each time.</summary>
public static class IntegrationSuggester
{
    private static readonly MatchBy[] Kinds = Enum.GetValues<MatchBy>();

    /// <param name="file">Its first 16 MiB, unpacked, and of a plain one the last 64 KiB are looked at.</param>
    /// <param name="name">Names a new product; a date in it may be that of all rows.</param>
    /// <param name="said">Somebody has said which sheet it is, and in which line its header; the rest is found out.</param>
    /// <param name="today">Dates beyond it are no usage yet.</param>
    /// <returns>The suggestion, or why the file can't be read.</returns>
    public static async Task<(Suggestion? Suggestion, RunError? Error)> SuggestAsync(
        Stream file, string name, FileFormat said, IReadOnlyList<Product> products, AccountMatcher accounts, DateOnly today,
        CancellationToken cancellationToken)
    {
        try
        {
            var bytes = await SampleBytes.ReadAsync(file, said.Sheet, cancellationToken);
            var text = SampleText.Of(bytes);
            var table = SampleTable.Of(
                text, name, said.HeaderRow, bytes.Complete, isSheet: bytes.Workbook is not null,
                cell => Kinds.Any(by => accounts.Find(by, cell).IsOne));
            var facts = SampleFacts.Of(table);
            var proposal = new Proposal(facts, name, products, accounts, today).Make();
            return (Told(bytes, text, facts, said, With(said, proposal)), null);
        }
        catch (FileRejectedException rejected)
        {
            return (null, rejected.Error);
        }
    }

    private static Proposed With(FileFormat said, Proposed proposed) => proposed with
    {
        Integration = proposed.Integration with
        {
            File = proposed.Integration.File with { Sheet = said.Sheet, HeaderRow = said.HeaderRow },
        },
    };

    private static Suggestion Told(SampleBytes bytes, SampleText text, SampleFacts facts, FileFormat said, Proposed proposed)
    {
        var file = proposed.Integration.File;
        var mapping = proposed.Integration.Products[0];
        return new Suggestion
        {
            File = new SuggestedFile
            {
                Kind = bytes.Workbook is not null ? "xlsx" : bytes.Packed ? "gzip" : "csv",
                Encoding = text.Encoding,
                Delimiter = facts.Table.Start.Delimiter == '\t' ? "tab" : $"{facts.Table.Start.Delimiter}",
                Sheets = [.. (bytes.Workbook?.Sheets ?? []).Select(sheet => sheet.Name)],
                Sheet = bytes.Workbook?.Sheet.Name,
                HeaderRow = facts.Table.Start.Header.Line,
                DecimalSeparator = file.DecimalSeparator,
                NullTokens = file.NullTokens,
                IgnoreRows = file.IgnoreRows,
                Ignored = facts.Ignored,
                Shape = mapping.Long is not null ? FileShape.Long : mapping.Wide is not null ? FileShape.Wide : FileShape.Columns,
                BytesRead = bytes.BytesRead,
                Complete = bytes.Complete,
            },
            Columns =
            [
                .. facts.All.Select(column => new SuggestedColumn(
                    column.Name, column.Type, column.Blank, column.Distinct, [.. column.Samples],
                    [.. column.Dates.Select(reading => Told(reading, proposed.Period))],
                    proposed.Notes.Of(column.Place))),
            ],
            Integration = proposed.Integration,
            Products = proposed.Products,
            Reasons = [.. OfSheet(bytes), .. proposed.Notes.Reasons],
            Warnings = [.. FileWarnings.Of(bytes, text, facts, said), .. OtherSheet(bytes, said, proposed), .. proposed.Notes.Warnings],
            Choices = proposed.Notes.Choices,
        };
    }

    private static IEnumerable<SuggestionReason> OfSheet(SampleBytes bytes)
    {
        if (bytes.Workbook is { Sheets.Count: > 1 } workbook)
            yield return new(null, $"sheet \"{CellText.Shown(workbook.Sheet.Name)}\" was read, one of {SheetRules.Told(workbook.Sheets)}: "
                + "the integration's file.sheet says which is");
    }

    /// <summary>A first sheet that only says what the others are.</summary>
    private static IEnumerable<SuggestionWarning> OtherSheet(SampleBytes bytes, FileFormat said, Proposed proposed)
    {
        if (said.Sheet is null && bytes.Workbook is { Sheets.Count: > 1 } workbook && proposed.Integration.Match.Count == 0
            && proposed.Notes.Choices.Count == 0)
            yield return new("other-sheet", $"no column of sheet \"{CellText.Shown(workbook.Sheet.Name)}\" names accounts, and the "
                + $"workbook has others ({SheetRules.Told(workbook.Sheets)}): say which sheet is meant (file.sheet)");
    }

    private static DateReading Told(DateFinding reading, SnapshotPeriod period) => new(
        reading.Form.Format, reading.Days.Min(), reading.Days.Max(),
        reading.Days.Select(day => SnapshotDates.Snap(period, day)).Distinct().Count(), reading.ProofRow);
}
