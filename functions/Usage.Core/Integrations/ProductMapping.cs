using System.Text.Json.Serialization;
using Usage.Core.Ids;
using Usage.Core.Products;
using Usage.Core.Values;
using Usage.Core.Values.Columns;
using Usage.Core.Values.Numbers;

namespace Usage.Core.Integrations;

public sealed record ProductMapping
{
    public required ProductId Product { get; init; }

    /// <summary>The column with each row's date; null takes the date from the file's arrival.</summary>
    public ColumnNames? DateColumn { get; init; }

    /// <summary>The file has one row a metric; null: one column a dimension, or a date.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LongShape? Long { get; init; }

    /// <summary>The file has one column a date; then there are no <see cref="Dimensions"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public WideShape? Wide { get; init; }

    public IReadOnlyList<DimensionMapping> Dimensions { get; init; } = [];

    /// <summary>What feeds the product's dimensions, whatever the file's shape; a wide product has one.</summary>
    public IReadOnlyList<DimensionMapping> Feeds() => Wide is not { } wide ? Dimensions :
        [new DimensionMapping { Dimension = wide.Dimension, Create = wide.Create, Number = wide.Number, Boolean = wide.Boolean }];
}

/// <summary>Files with one row a metric: each dimension names its metric.</summary>
public sealed record LongShape
{
    public required ColumnNames MetricColumn { get; init; }

    public required ColumnNames ValueColumn { get; init; }

    public UnknownMetrics UnknownMetrics { get; init; }
}

/// <summary>What becomes of a row whose metric no dimension names.</summary>
public enum UnknownMetrics
{
    /// <summary>The row is empty; the metric is told among what was ignored.</summary>
    Ignore,

    /// <summary>The row is invalid.</summary>
    Reject,
}

/// <summary>Files with one column a date, all of one dimension.</summary>
public sealed record WideShape
{
    public required DimensionId Dimension { get; init; }

    /// <summary>The format of the dates in the header; the columns that it fits are read.</summary>
    public required string Header { get; init; }

    /// <inheritdoc cref="DimensionMapping.Create"/>
    public NewDimension? Create { get; init; }

    /// <inheritdoc cref="DimensionMapping.Number"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public NumberFormat? Number { get; init; }

    /// <inheritdoc cref="DimensionMapping.Boolean"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public BooleanFormat? Boolean { get; init; }
}

public sealed record DimensionMapping
{
    /// <summary>Null where the product's file is long or wide.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ColumnNames? Column { get; init; }

    /// <summary>The metric of a long file, which takes the place of a column; compared trimmed, in any case.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Metric { get; init; }

    public required DimensionId Dimension { get; init; }

    /// <summary>Makes the dimension when the product doesn't have it yet.</summary>
    public NewDimension? Create { get; init; }

    /// <summary>What the column's numbers carry besides; for numeric dimensions only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public NumberFormat? Number { get; init; }

    /// <summary>The column's words for true and false; for boolean dimensions only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public BooleanFormat? Boolean { get; init; }
}

public sealed record NewDimension
{
    public required string Name { get; init; }

    public required DataType DataType { get; init; }

    public Aggregate Aggregate { get; init; } = Aggregate.Last;
}
