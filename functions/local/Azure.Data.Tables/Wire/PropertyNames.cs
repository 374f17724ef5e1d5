namespace Azure.Data.Tables.Wire;

/// <summary>Properties that every entity has; none of them is its own.</summary>
internal static class PropertyNames
{
    public const string PartitionKey = "PartitionKey";
    public const string RowKey = "RowKey";
    public const string Timestamp = "Timestamp";
    public const string ETag = "odata.etag";

    public static bool IsSystem(string name) => name is PartitionKey or RowKey or Timestamp or ETag;
}
