using System.Globalization;
using System.Reflection;

namespace Azure.Data.Tables.Entities;

/// <summary>One property or field of an entity class, under the name that it is stored by.</summary>
internal sealed class EntityMember(string name, MemberInfo member)
{
    private readonly PropertyInfo? _property = member as PropertyInfo;
    private readonly FieldInfo? _field = member as FieldInfo;
    private readonly Type _type = Target(member);

    public string Name { get; } = name;

    public object? Read(object entity) => _property is not null ? _property.GetValue(entity) : _field!.GetValue(entity);

    /// <exception cref="InvalidCastException">What is stored is of another type than the member.</exception>
    public void Write(object entity, object? value)
    {
        if (_property is not null)
        {
            if (_property.CanWrite) _property.SetValue(entity, Convert(value));
        }
        else if (!_field!.IsInitOnly)
        {
            _field.SetValue(entity, Convert(value));
        }
    }

    private static Type Target(MemberInfo member)
    {
        var type = member is PropertyInfo property ? property.PropertyType : ((FieldInfo)member).FieldType;
        return Nullable.GetUnderlyingType(type) ?? type;
    }

    private object? Convert(object? value)
    {
        if (value is null || _type.IsInstanceOfType(value)) return value;
        return value switch
        {
            int or long when _type == typeof(double) => System.Convert.ToDouble(value, CultureInfo.InvariantCulture),
            int whole when _type == typeof(long) => (long)whole,
            int or double when _type == typeof(float) => System.Convert.ToSingle(value, CultureInfo.InvariantCulture),
            int or double or long when _type == typeof(decimal) => System.Convert.ToDecimal(value, CultureInfo.InvariantCulture),
            long whole when _type == typeof(ulong) => checked((ulong)whole),
            DateTimeOffset time when _type == typeof(DateTime) => time.UtcDateTime,
            byte[] bytes when _type == typeof(BinaryData) => new BinaryData(bytes),
            string text when _type == typeof(double) => double.Parse(text, CultureInfo.InvariantCulture),
            string text when _type.IsEnum => Enum.Parse(_type, text),
            _ => throw new InvalidCastException($"The property \"{Name}\" is stored as {value.GetType().Name}; the entity's member is {_type.Name}."),
        };
    }
}
