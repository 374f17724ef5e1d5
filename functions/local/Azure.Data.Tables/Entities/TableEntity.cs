#nullable disable
using Azure.Data.Tables.Wire;

namespace Azure.Data.Tables;

/// <summary>An entity whose properties are known at run time only.</summary>
/// <remarks>Stored dates come back as <see cref="DateTimeOffset"/> in UTC. The dictionary holds the keys, and after a read
/// the time stamp and the ETag (as <c>odata.etag</c>), beside the entity's own properties.</remarks>
public sealed partial class TableEntity : ITableEntity
{
    private const int UsualCount = 12;

    private readonly Dictionary<string, object> _properties;

    public TableEntity()
    {
        _properties = [];
    }

    public TableEntity(string partitionKey, string rowKey)
        : this(UsualCount)
    {
        PartitionKey = partitionKey;
        RowKey = rowKey;
    }

    /// <summary>Copies the values, which may include the keys.</summary>
    public TableEntity(IDictionary<string, object> values)
    {
        _properties = values is null ? [] : new Dictionary<string, object>(values);
    }

    internal TableEntity(int capacity)
    {
        _properties = new Dictionary<string, object>(capacity);
    }

    public string PartitionKey
    {
        get => GetString(PropertyNames.PartitionKey);
        set => _properties[PropertyNames.PartitionKey] = value;
    }

    public string RowKey
    {
        get => GetString(PropertyNames.RowKey);
        set => _properties[PropertyNames.RowKey] = value;
    }

    public DateTimeOffset? Timestamp
    {
        get => GetDateTimeOffset(PropertyNames.Timestamp);
        set => _properties[PropertyNames.Timestamp] = value;
    }

    public ETag ETag
    {
        get => new(GetString(PropertyNames.ETag));
        set => _properties[PropertyNames.ETag] = value.ToString();
    }

    /// <summary>The dictionary itself, so that writing an entity allocates no enumerator.</summary>
    internal Dictionary<string, object> Properties => _properties;
}
