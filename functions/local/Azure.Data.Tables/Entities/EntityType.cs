using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;
using System.Runtime.Serialization;
using Azure.Data.Tables.Wire;

namespace Azure.Data.Tables.Entities;

/// <summary>The own properties of an entity class, looked up once.</summary>
internal sealed class EntityType
{
    private static readonly ConcurrentDictionary<Type, EntityType> Known = new();

    private readonly FrozenDictionary<string, EntityMember> _byName;

    private EntityType(Type type)
    {
        const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance;
        var properties = type.GetProperties(Public).Where(p => p.CanRead && p.GetMethod!.IsPublic && p.GetIndexParameters().Length == 0);
        MemberInfo[] members = [.. properties, .. type.GetFields(Public)];
        // The keys, the time stamp and the ETag go through ITableEntity, which a class may implement explicitly.
        Members = [.. members
            .Where(m => !m.IsDefined(typeof(IgnoreDataMemberAttribute)) && m.Name is not (PropertyNames.PartitionKey or PropertyNames.RowKey or PropertyNames.Timestamp or "ETag"))
            .Select(m => new EntityMember(m.GetCustomAttribute<DataMemberAttribute>()?.Name ?? m.Name, m))];
        _byName = Members.ToFrozenDictionary(m => m.Name, StringComparer.Ordinal);
    }

    public IReadOnlyList<EntityMember> Members { get; }

    public static EntityType Of(Type type) => Known.GetOrAdd(type, static t => new EntityType(t));

    public EntityMember? Find(string name) => _byName.GetValueOrDefault(name);
}
