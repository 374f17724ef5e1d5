using System.Text.Json.Serialization;
using Usage.Core.Ids;
using Usage.Core.Integrations.Columns;
using Usage.Core.Products;
using Usage.Core.Values;
using Usage.Core.Values.Numbers;

namespace Usage.Core.Integrations;

public sealed record ProductMapping
{
    public required ProductId Product { get; init; }

    /// <summary>The column with each row's date; null takes the date from the file's arrival.</summary>
    public ColumnNames? DateColumn { get; init; }

    public IReadOnlyList<DimensionMapping> Dimensions { get; init; } = [];
}

public sealed record DimensionMapping
{
    public required ColumnNames Column { get; init; }

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
