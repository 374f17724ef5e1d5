using FsCheck;
using FsCheck.Fluent;
using Usage.Core.Accounts;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Products;
using Usage.Core.Values;
using Usage.Core.Values.Columns;
using Usage.Core.Values.Numbers;

namespace Usage.Core.Tests.Reference;

/// <summary>Random files, configurations and accounts, with much of what goes wrong in them.</summary>
public static class ImportCases
{
    public static readonly DateOnly Arrival = new(2026, 11, 22);

    private static readonly DataType[] Types = [DataType.Numeric, DataType.Text, DataType.Boolean];

    public static Arbitrary<ImportCase> All { get; } = Arb.From(Cases(), one => one.Smaller());

    private static Gen<ImportCase> Cases() =>
        from rules in Rules()
        from history in Gen.Elements(true, false)
        from products in Products(history)
        from policy in Policies()
        from declared in Gen.Frequency((3, Gen.Constant((string?)null)), (2, Gen.Constant((string?)".")), (1, Gen.Constant((string?)",")))
        from formats in Gen.Elements<string[]>([], [], [], ["quarter", "iso-week"], ["unix", "iso-week"])
        from clear in Gen.Elements<string[]>([], ["(none)", "0"])
        from rows in CaseRows.Lines()
        from open in Gen.Frequency((60, Gen.Constant<string[]>([])), (1, CaseRows.Open()))
        from missing in Gen.Elements(Enum.GetValues<MissingCells>())
        from ignored in Ignored()
        from ending in Gen.Elements("\n", "\r\n", "\r")
        select new ImportCase(
            new ImportMapping
            {
                Integration = new Integration
                {
                    Id = new IntegrationId("usage"),
                    Name = "Usage",
                    Match = rules,
                    AllowMultipleRowsPerCustomer = history,
                    OnError = policy,
                    File = new FileFormat
                    {
                        Delimiter = ",",
                        NullTokens = ["null"],
                        DecimalSeparator = declared,
                        MissingCells = missing,
                        IgnoreRows = ignored,
                        DateFormats = formats,
                        ClearTokens = clear,
                    },
                },
                Products = products,
                ArrivalDate = Arrival,
                TimeZone = "UTC",
            },
            CaseRows.Accounts,
            [CaseRows.Header, .. rows, .. open],
            ending);

    private static Gen<IgnoreRule[]> Ignored() => Gen.SubListOf<IgnoreRule>(
        new() { StartsWith = "#" }, new() { StartsWith = " größe " }, new() { Column = "CRM", EqualTo = "Total" },
        new() { Column = ColumnNames.List(["tariff", "plan"]), StartsWith = "PRO" }, new() { Column = "note", EqualTo = "a note" },
        new() { Column = "n1", EqualTo = "n/a" }).Select(rules => rules.ToArray());

    private static Gen<MatchRule[]> Rules() =>
        Gen.Elements<MatchRule[]>(
            [Rule(MatchBy.CrmId, "crm")],
            [Rule(MatchBy.Name, "name")],
            [Rule(MatchBy.CrmId, ColumnNames.List(["customer", "CRM"])), Rule(MatchBy.Domain, "domain"), Rule(MatchBy.Name, "name")],
            [Rule(MatchBy.Name, "Name"), Rule(MatchBy.AccountId, "crm")]);

    private static MatchRule Rule(MatchBy by, ColumnNames column) => new() { By = by, Column = column };

    private static Gen<ErrorPolicy> Policies() =>
        from mode in Gen.Elements(ErrorMode.SkipCell, ErrorMode.SkipCell, ErrorMode.SkipRow, ErrorMode.Abort)
        from most in Gen.Elements<int?>(null, null, null, 0, 3)
        from percent in Gen.Elements<double?>(null, null, null, 0, 50)
        select new ErrorPolicy { Mode = mode, MaxErrors = most, MaxErrorPercent = percent };

    private static Gen<MappedProduct[]> Products(bool history) =>
        from count in Gen.Choose(1, 3)
        from products in Shaped(history).ArrayOf(count)
        select products.Select((product, i) => product with { Id = new ProductId($"p{i}") }).ToArray();

    private static Gen<MappedProduct> Shaped(bool history) => Gen.Frequency(
        (4, Product()), (2, Product().SelectMany(Long)), (history ? 2 : 0, Product().SelectMany(Wide)));

    private static Gen<MappedProduct> Long(MappedProduct product) =>
        from value in Gen.Elements<ColumnNames>("v1", "v1", ColumnNames.List(["elsewhere", "v2"]))
        from unknown in Gen.Elements(UnknownMetrics.Ignore, UnknownMetrics.Ignore, UnknownMetrics.Reject)
        from metrics in Gen.Elements(" seats", "Logins", "größe", "active").ArrayOf(product.Dimensions.Count)
        select product with
        {
            Long = new LongShape { MetricColumn = "Metric", ValueColumn = value, UnknownMetrics = unknown },
            Dimensions = [.. product.Dimensions.Zip(metrics, (dimension, metric) => dimension with { Column = value, Metric = metric })],
        };

    private static Gen<MappedProduct> Wide(MappedProduct product) =>
        from format in Gen.Elements("yyyy-MM", "'at 'yyyy-MM-dd")
        select product with
        {
            DateColumn = null,
            Wide = new WideShape { Dimension = product.Dimensions[0].Id, Header = format },
            Dimensions = [product.Dimensions[0] with { Column = null }],
        };

    private static Gen<MappedProduct> Product() =>
        from period in Gen.Elements(Enum.GetValues<SnapshotPeriod>())
        from date in Gen.Elements<ColumnNames?>(null, "day", "due", ColumnNames.List(["date", "due"]))
        from count in Gen.Choose(1, 4)
        from dimensions in Dimension().ArrayOf(count)
        select new MappedProduct
        {
            Id = new ProductId("p"),
            Name = "Product",
            Period = period,
            DateColumn = date,
            Dimensions = [.. dimensions.Select((dimension, i) => dimension with { Id = new DimensionId($"d{i}") })],
        };

    private static Gen<MappedDimension> Dimension() =>
        from type in Gen.Elements(Types)
        from aggregate in Gen.Elements(type == DataType.Numeric ? Enum.GetValues<Aggregate>() : [Aggregate.Last, Aggregate.First])
        from column in (type, aggregate) switch
        {
            (_, Aggregate.Count) => Gen.Elements("n1", "plan", "day", "note"),
            (DataType.Numeric, _) => Gen.Elements("n1", "n2", "flag"),
            (DataType.Boolean, _) => Gen.Elements("flag", "flag", "n1"),
            _ => Gen.Elements("plan", "plan", "n1", "day"),
        }
        from number in Gen.Frequency((3, Gen.Constant((NumberFormat?)null)), (2, Numbers()))
        from boolean in Gen.Elements(null, null, new BooleanFormat { True = ["yes", "Maybe"], False = ["n", "0"] })
        from listed in Gen.Elements(false, false, true)
        select new MappedDimension
        {
            Column = listed ? ColumnNames.List(["elsewhere", column]) : column,
            Id = new DimensionId("d"),
            DataType = type,
            Aggregate = aggregate,
            Number = type == DataType.Numeric ? number : null,
            Boolean = type == DataType.Boolean ? boolean : null,
        };

    private static Gen<NumberFormat?> Numbers() =>
        from affixes in Gen.Elements<string[]>([], ["$"], ["usd", "GB"])
        from percent in Gen.Elements<PercentSign?>(null, PercentSign.Keep, PercentSign.Divide)
        from parentheses in Gen.Elements(true, false)
        from trailing in Gen.Elements(true, false)
        from grouping in Gen.Elements(Enum.GetValues<DigitGrouping>())
        select (NumberFormat?)new NumberFormat
        {
            Affixes = affixes,
            Percent = percent,
            Parentheses = parentheses,
            TrailingMinus = trailing,
            Grouping = grouping,
        };
}
