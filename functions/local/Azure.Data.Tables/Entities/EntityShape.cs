using Azure.Data.Tables.Wire;

namespace Azure.Data.Tables.Entities;

/// <summary>How an entity of one class is put together from what was read.</summary>
internal static class EntityShape<T>
    where T : class, ITableEntity
{
    public static readonly bool IsUntyped = typeof(T) == typeof(TableEntity) || typeof(T) == typeof(ITableEntity);

    private static readonly EntityType? Typed = IsUntyped ? null : EntityType.Of(typeof(T));

    public static T Create(List<(string Name, object? Value)> properties)
    {
        if (Typed is null)
        {
            var untyped = new TableEntity(properties.Count);
            foreach (var (name, value) in properties)
                if (value is not null) untyped.Properties[name] = value;
            return (T)(object)untyped;
        }

        var entity = Activator.CreateInstance<T>();
        foreach (var (name, value) in properties) Set(entity, name, value);
        return entity;
    }

    private static void Set(T entity, string name, object? value)
    {
        switch (name)
        {
            case PropertyNames.PartitionKey: entity.PartitionKey = (string)value!; break;
            case PropertyNames.RowKey: entity.RowKey = (string)value!; break;
            case PropertyNames.Timestamp: entity.Timestamp = (DateTimeOffset?)value; break;
            case PropertyNames.ETag: entity.ETag = new ETag((string)value!); break;
            default: Typed!.Find(name)?.Write(entity, value); break;
        }
    }
}
