using Usage.Core.Integrations;
using Usage.Core.Products;
using Usage.Core.Values;
using Usage.Core.Values.Columns;
using static Usage.Core.Tests.Integrations.Drafts;

namespace Usage.Core.Tests.Integrations;

public sealed class ImportMappingsTests
{
    private static readonly DateTimeOffset Arrival = new(2026, 11, 22, 23, 30, 0, TimeSpan.Zero);

    private static readonly FileOrigin Origin = new("october.csv", null);

    [Fact]
    public void Mapping_holds_all_that_a_file_is_read_by()
    {
        var integration = Good with
        {
            Products = [Mapping("storage", " day ", New("gb ", "gb", "GB", DataType.Numeric, Aggregate.Max)), Good.Products[0]],
        };

        var mapping = ImportMappings.Pin(integration, Drafts.Products, Origin, Arrival,
            TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));

        Assert.Equal(new DateOnly(2026, 11, 23), mapping.ArrivalDate);
        Assert.Equal("Europe/Berlin", mapping.TimeZone);
        Assert.Same(integration, mapping.Integration);
        Assert.Equal(["storage", "platform"], mapping.Products.Select(p => p.Id.Value));
        Assert.Equal((SnapshotPeriod.Daily, (ColumnNames)" day ", "Storage"),
            (mapping.Products[0].Period, mapping.Products[0].DateColumn!, mapping.Products[0].Name));
        Assert.Equal(new MappedDimension { Column = "gb ", Id = new("gb"), DataType = DataType.Numeric, Aggregate = Aggregate.Max },
            mapping.Products[0].Dimensions[0]);
        Assert.Null(mapping.Products[1].DateColumn);
    }

    [Fact]
    public void Dimension_that_is_there_counts_however_it_was_to_be_created()
    {
        var integration = Good with { Products = [Mapping("platform", null, New("mau", "mau", "MAU", DataType.Numeric, Aggregate.Min))] };
        Assert.Equal(Aggregate.Sum,
            ImportMappings.Pin(integration, Drafts.Products, Origin, Arrival, TimeZoneInfo.Utc).Products[0].Dimensions[0].Aggregate);
    }

    [Fact]
    public void Integration_with_problems_is_not_pinned()
    {
        Assert.Throws<InvalidOperationException>(() => Pin(Mapping("nope", null)));
        Assert.Throws<InvalidOperationException>(() => Pin(Mapping("undecided", null)));
        Assert.Throws<InvalidOperationException>(
            () => Pin(Mapping("platform", null, new DimensionMapping { Column = "x", Dimension = new("x") })));
    }

    private static void Pin(ProductMapping mapping) =>
        ImportMappings.Pin(Good with { Products = [mapping] }, Drafts.Products, Origin, Arrival, TimeZoneInfo.Utc);
}
