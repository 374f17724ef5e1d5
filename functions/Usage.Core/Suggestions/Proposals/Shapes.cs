using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Products;
using Usage.Core.Suggestions.Columns;
using Usage.Core.Suggestions.Reasons;
using Usage.Core.Values;
using static System.FormattableString;

namespace Usage.Core.Suggestions.Proposals;

/// <summary>Mappings of files that have one row a metric, or one column a date.</summary>
internal static class Shapes
{
    public static ProductMapping Long(
        ProductId id, Product? product, LongColumns columns, ColumnProfile? date, Merging merging, Notes notes)
    {
        notes.Propose(columns.Metric, "metric", Confidence.Sure, columns.Why);
        notes.Propose(columns.Value, "value", Confidence.Sure, columns.Mixed is null
            ? $"it has the number of each \"{columns.Metric.Name}\""
            : $"it has what each \"{columns.Metric.Name}\" is: {Kinds(columns)}");
        var taken = product?.Dimensions.Select(dimension => dimension.Id).ToHashSet() ?? [];
        var (fed, mappings) = (new HashSet<DimensionId>(), new List<DimensionMapping>());
        foreach (var metric in columns.Metrics)
        {
            var values = columns.Of(metric);
            if (product is not null && DimensionNames.Find(metric, product) is { } stored && values.Fits(stored) && fed.Add(stored.Id))
            {
                mappings.Add(Of(metric, stored.Id, stored.DataType, values));
                continue;
            }

            if (values.Type == ColumnType.Blank)
            {
                notes.Warn("metric-left-out", $"metric \"{CellText.Shown(metric)}\" is left out: all its values are blank");
                continue;
            }

            if (taken.Count >= DimensionRules.DefaultMaxPerProduct)
            {
                notes.Warn("metric-left-out", $"metric \"{CellText.Shown(metric)}\" is left out: "
                    + "the product has as many dimensions as it may");
                continue;
            }

            var dimension = DimensionNames.NewId(metric, Invariant($"metric_{mappings.Count + 1}"), taken);
            taken.Add(dimension);
            var (aggregate, _, open) = values.DataType == DataType.Numeric ? merging.Of(new ColumnProfile(metric, -1))
                : (Aggregate.Last, "", false);
            if (open) merging.Ask(metric, notes);
            mappings.Add(Of(metric, dimension, values.DataType, values) with
            {
                Create = new NewDimension { Name = DimensionNames.NewName(metric), DataType = values.DataType, Aggregate = aggregate },
            });
        }

        return new ProductMapping
        {
            Product = id,
            DateColumn = date?.Name,
            Long = new LongShape { MetricColumn = columns.Metric.Name, ValueColumn = columns.Value.Name },
            Dimensions = mappings,
        };
    }

    private static DimensionMapping Of(string metric, DimensionId dimension, DataType type, ColumnProfile values) => new()
    {
        Metric = metric,
        Dimension = dimension,
        Number = type == DataType.Numeric ? values.NumberFormat : null,
        Boolean = type == DataType.Boolean ? values.Boolean : null,
    };

    private static string Kinds(LongColumns columns) => string.Join(", ", columns.Metrics
        .GroupBy(metric => columns.Of(metric).DataType).OrderBy(kind => kind.Key)
        .Select(kind => Invariant($"{kind.Count()} {CoreJson.Word(kind.Key)}")));

    /// <summary>What columns that are called by dates hold: most of the cells of all of them together decide it.</summary>
    /// <returns>Null: nothing that one dimension may have.</returns>
    public static DataType? TypeOf(IReadOnlyList<ColumnProfile> dates)
    {
        var (numbers, meant) = (dates.Sum(column => column.Numbers.Count), dates.Sum(column => column.Meant));
        var filled = dates.Where(column => column.Type != ColumnType.Blank).ToList();
        if (filled.Count == 0 || filled.Any(column => column.Type == ColumnType.Date
            || (column.Type == ColumnType.Text && (column.Numbers.AreIdentifiers || column.Numbers.IsMixed)))) return null;
        if (Words(filled) is { } words && (BooleanPairs.AreKnown(words) || BooleanPairs.Of(words, states: false) is not null))
            return DataType.Boolean;
        if (numbers > 0 && numbers * 5 >= meant * 4)
            return filled.Any(column => column.Type == ColumnType.Boolean) ? null : DataType.Numeric;
        return numbers == 0 && filled.All(column => column.Type == ColumnType.Text) ? DataType.Text : null;
    }

    /// <summary>All that stand in some columns: a month of nothing but "no" is none of its own.</summary>
    /// <returns>Null: there are too many, or they are numbers.</returns>
    private static List<string>? Words(IReadOnlyList<ColumnProfile> columns)
    {
        if (columns.Any(column => column.Type != ColumnType.Blank && column.Values is null)) return null;
        var words = columns.SelectMany(column => column.MeantValues).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return words.Count > 0 && words.Exists(word => word is not ("0" or "1")) ? words : null;
    }

    /// <param name="file">Its name says what the numbers are, since nothing in it does.</param>
    public static ProductMapping Wide(
        ProductId id, Product? product, HeaderDates dates, IReadOnlyList<ColumnProfile> columns, string file, Notes notes)
    {
        var named = string.Join(' ', ProductFit.Subject(file));
        foreach (var column in columns)
        {
            var others = column.Strays == 0 ? ""
                : Invariant($"; {column.Meant - column.Strays} of {column.Meant} cells are numbers, others will be refused");
            var confidence = dates.Readings.Count > 1 ? Confidence.Unsure : column.Strays == 0 ? Confidence.Sure : Confidence.Likely;
            notes.Propose(column, "date column of a wide file", confidence,
                $"it is called by a date ({dates.Format}), as others are{others}");
        }

        if (dates.Readings.Count > 1)
        {
            notes.Warn("date-order-undecided", "the names of the columns don't show whether the day or the month comes first");
            notes.LeaveOpen("how the columns' names are read as dates (products[0].wide.header)", [.. dates.Readings.Select(reading =>
                new ChoiceOption(reading.Format, Invariant($"all dates lie between {reading.Dates.Min():yyyy-MM-dd} and ")
                    + Invariant($"{reading.Dates.Max():yyyy-MM-dd}")))]);
        }

        notes.Because(Invariant($"{dates.Columns.Count} columns are called by dates ({dates.Format}), so that each row has many dates, ")
            + "all of which are recorded (allowMultipleRowsPerCustomer)");
        var number = columns.Select(column => column.NumberFormat).FirstOrDefault(format => format is not null);
        var stored = product is null ? null : DimensionNames.Find(named, product) ?? Only(product, named);
        if (stored?.DataType != dates.Type) stored = null;
        var dimension = stored?.Id ?? DimensionNames.NewId(named, "value", Taken(product));
        var name = named.Length == 0 ? "Value" : DimensionNames.NewName(named);
        return new ProductMapping
        {
            Product = id,
            Wide = new WideShape
            {
                Dimension = dimension,
                Header = dates.Format,
                Create = stored is null ? new NewDimension { Name = name, DataType = dates.Type } : null,
                Number = dates.Type == DataType.Numeric ? number : null,
                Boolean = dates.Type == DataType.Boolean && Words(columns) is { } words && !BooleanPairs.AreKnown(words)
                    ? BooleanPairs.Of(words, states: false) : null,
            },
        };
    }

    /// <summary>The numeric dimension whose words are all in the file's name.</summary>
    public static Dimension? Only(Product product, string named) =>
        product.Dimensions.Where(dimension => dimension.DataType == DataType.Numeric
            && TextWords.Of(dimension.Name).All(TextWords.Of(named).Contains)).Take(2).ToList() is [var only] ? only : null;

    private static HashSet<DimensionId> Taken(Product? product) => product?.Dimensions.Select(dimension => dimension.Id).ToHashSet() ?? [];
}
