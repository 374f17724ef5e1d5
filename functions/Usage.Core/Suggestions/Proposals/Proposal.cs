using Usage.Core.Accounts.Matching;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Issues;
using Usage.Core.Products;
using Usage.Core.Suggestions.Columns;
using Usage.Core.Suggestions.Keys;
using Usage.Core.Suggestions.Reasons;
using Usage.Core.Suggestions.Samples;
using Usage.Core.Values;
using static System.FormattableString;

namespace Usage.Core.Suggestions.Proposals;

/// <param name="Period">Of the product that is mapped.</param>
internal sealed record Proposed(Integration Integration, IReadOnlyList<ProposedProduct> Products, SnapshotPeriod Period, Notes Notes);

/// <summary>Makes the proposal: keys first, then the shape, the dates, the product, and what feeds its dimensions.</summary>
internal sealed class Proposal(SampleFacts facts, string file, IReadOnlyList<Product> products, AccountMatcher accounts, DateOnly today)
{
    private readonly Notes _notes = new();

    public Proposed Make()
    {
        var keys = AccountColumns.Find(facts, accounts, _notes);
        var sampled = new SampleAccounts(keys.Keys, accounts);
        var rest = facts.Usable.Where(column => !keys.Contains(column)).ToList();
        var wide = facts.Table.Start.Named ? FindWide() : null;
        var repeated = RowKeys.Of(facts.Table, sampled, date: null, metric: null) is var plain && plain.Rows > plain.Keys;
        var date = wide is not null ? null : DateColumns.Choose(rest, today, repeated);
        var undated = date is null && wide is null;
        if (undated) DateColumns.WarnOfUnread(rest, _notes);
        var fileDate = undated ? FileDateGuess.Find(file, today) : null;
        var feeding = rest.Where(column => column != date && !column.Words.SaysAccount).ToList();
        var narrow = wide is not null ? null : LongColumns.Find(facts.Table, feeding, products);
        var product = Choose(feeding, narrow, wide);
        var (period, why) = product?.SnapshotPeriod is { } own ? (own, "")
            : fileDate is { } dated ? DateColumns.PeriodOfFile(dated.Format)
            : wide is null ? DateColumns.Period(date)
            : DateColumns.Of(wide.Format, [.. wide.Dates.Order()], "the columns' names");
        var (id, name) = product is null ? ProductFit.New(file, products) : (product.Id, product.Name);
        var merging = wide is not null ? new Merging(period, History: true, 0)
            : Merging.Find(RowKeys.Of(facts.Table, sampled, date, narrow?.Metric), period, date, _notes);
        if (wide is not null && repeated)
            _notes.Warn("wide-rows-repeat", "several rows of one account have numbers for the same dates, of which the last ones count: "
                + "a wide file holds one dimension, so keep one row an account");
        if (date is not null) Dates(date, period);
        foreach (var other in feeding.Where(column => column.Type == ColumnType.Date))
            _notes.Consider(other, "date of each row", Confidence.Unsure,
                "it has dates too, though its name doesn't say that the usage was then");
        var mapping = narrow is not null ? Shapes.Long(id, product, narrow, date, merging, _notes)
            : wide is not null ? Shapes.Wide(id, product, wide, Of(wide), file, _notes)
            : new ProductMapping
            {
                Product = id,
                DateColumn = date?.Name,
                Dimensions = new DimensionColumns(
                    facts, [.. rest.Where(column => column != date)], product, sampled, date, merging, _notes).Map(),
            };
        if (mapping.Feeds().Count == 0)
            _notes.Warn("no-dimensions", "no column holds anything that could be recorded: there are only keys, dates and identifiers");
        LeaveOut(rest, mapping, date, wide);
        var integration = new Integration
        {
            Id = new IntegrationId("suggested"),
            Name = Invariant($"{name} usage"),
            Match = keys.Rules,
            AllowMultipleRowsPerCustomer = merging.History,
            Products = [mapping],
        };
        if (fileDate is { } told) _notes.Because($"{told.Why} ({told.Format}, file.fileDate)");
        var format = new FileProposal(facts, _notes).Make(mapping, date, wide is null ? null : Of(wide), narrow, period);
        return new Proposed(integration with { File = format with { FileDate = fileDate?.Format } },
            product is not null ? [] : [New(id, name, period, why, mapping)], period, _notes);
    }

    /// <summary>Columns that are called by dates are of one kind: what most cells of all of them together are decides it.</summary>
    private HeaderDates? FindWide()
    {
        if (HeaderDates.Find(facts.Table.Header) is not { } dates) return null;
        if (dates.Repeats)
        {
            _notes.Warn(IssueCode.DuplicateColumn, "several columns are called by one date, so that the file isn't read as a wide one, "
                + "which has one column a date: leave out those that repeat a date, such as sums of a year");
            return null;
        }

        var columns = Of(dates);
        if (columns.Count != dates.Columns.Count) return null;
        if (Shapes.TypeOf(columns) is not { } type) return null;
        if (type == DataType.Numeric) columns.ForEach(column => column.BeNumeric());
        return dates with { Type = type };
    }

    private List<ColumnProfile> Of(HeaderDates dates) => [.. facts.Usable.Where(column => dates.Columns.Contains(column.Place))];

    private Product? Choose(List<ColumnProfile> feeding, LongColumns? narrow, HeaderDates? wide)
    {
        if (narrow is not null) return ProductFit.Choose(products, narrow.Metrics, "metrics", file, _notes);
        if (wide is null) return ProductFit.Choose(products, [.. feeding.Select(column => column.Name)], "columns", file, _notes);
        var named = string.Join(' ', ProductFit.Subject(file));
        var names = products.Select(one => Shapes.Only(one, named)?.Name).OfType<string>().Append(named).Distinct();
        return ProductFit.Choose(products, [.. names], "names that the file's name may mean", file, _notes);
    }

    private void Dates(ColumnProfile date, SnapshotPeriod period)
    {
        var first = date.Dates[0];
        var proof = first.ProofRow is not { } row ? ""
            : Invariant($"; row {row} \"{first.Proof}\" shows that they are written as {first.Form.Format}");
        _notes.Propose(date, "date of each row", date.Dates.Count == 1 ? Confidence.Sure : Confidence.Unsure,
            Invariant($"the date of each row: {first.Count} of {date.Meant} cells are dates{proof}"));
        if (date.Dates.Count == 1) return;
        _notes.Warn("date-order-undecided", $"column \"{date.Name}\": no cell shows whether the day or the month comes first");
        _notes.LeaveOpen($"the order of day and month in \"{date.Name}\" (file.dateFormats)", [.. date.Dates.Select(reading =>
            new ChoiceOption(reading.Form.Format, Made(reading, period)))]);
    }

    private static string Made(DateFinding reading, SnapshotPeriod period)
    {
        var dates = reading.Days.Select(day => SnapshotDates.Snap(period, day)).Distinct().Count();
        _ = reading.Form.Read(System.Text.Encoding.UTF8.GetBytes(reading.Proof), out var example);
        return Invariant($"\"{reading.Proof}\" is {example:yyyy-MM-dd}; all dates lie between {reading.Days.Min():yyyy-MM-dd} and ")
            + Invariant($"{reading.Days.Max():yyyy-MM-dd}, and make {dates} snapshot dates");
    }

    private void LeaveOut(List<ColumnProfile> rest, ProductMapping mapping, ColumnProfile? date, HeaderDates? wide)
    {
        if (mapping.Long is null && mapping.Wide is null) return;
        var read = new[] { mapping.Long?.MetricColumn, mapping.Long?.ValueColumn }.Select(column => column?.Names[0]).ToHashSet();
        foreach (var column in rest.Where(one => one != date && !read.Contains(one.Name) && wide?.Columns.Contains(one.Place) != true))
            _notes.Propose(column, "left out", Confidence.Likely, "left out: "
                + (mapping.Long is null ? "a wide file's dates take all of its rows" : "a long file's dimensions are its metrics"));
    }

    private ProposedProduct New(ProductId id, string name, SnapshotPeriod period, string why, ProductMapping mapping)
    {
        var reason = "no product that is there fits what the file holds, so a new one is proposed, named after the file: it is " + why;
        _notes.Because(reason);
        return new ProposedProduct(id, name, period,
        [
            .. mapping.Feeds().Where(feed => feed.Create is not null).Select(feed => new Dimension
            {
                Id = feed.Dimension,
                Name = feed.Create!.Name,
                DataType = feed.Create.DataType,
                Aggregate = feed.Create.Aggregate,
            }),
        ], reason);
    }
}
