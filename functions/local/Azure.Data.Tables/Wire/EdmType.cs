using System.Globalization;
using System.Text;

namespace Azure.Data.Tables.Wire;

/// <summary>The type that an annotation tells; <see cref="Plain"/> is what JSON itself says.</summary>
internal enum EdmType
{
    Plain,
    Double,
    Int64,
    DateTime,
    Guid,
    Binary,
}

internal static class EdmTypes
{
    public static EdmType Parse(ReadOnlySpan<byte> name) => name switch
    {
        _ when name.SequenceEqual("Edm.Double"u8) => EdmType.Double,
        _ when name.SequenceEqual("Edm.Int64"u8) => EdmType.Int64,
        _ when name.SequenceEqual("Edm.DateTime"u8) => EdmType.DateTime,
        _ when name.SequenceEqual("Edm.Guid"u8) => EdmType.Guid,
        _ when name.SequenceEqual("Edm.Binary"u8) => EdmType.Binary,
        _ when name.SequenceEqual("Edm.String"u8) || name.SequenceEqual("Edm.Int32"u8) || name.SequenceEqual("Edm.Boolean"u8) => EdmType.Plain,
        _ => throw new NotSupportedException($"Not supported type {Encoding.UTF8.GetString(name)}: the service sent an annotation that this client doesn't know."),
    };

    /// <summary>A value that was read before its annotation was.</summary>
    public static object? Convert(object? value, EdmType type) => (type, value) switch
    {
        (EdmType.Double, int whole) => (double)whole,
        (EdmType.Double, long whole) => (double)whole,
        (EdmType.Int64, int whole) => (long)whole,
        (EdmType.Double, string text) => double.Parse(text, CultureInfo.InvariantCulture),
        (EdmType.Int64, string text) => long.Parse(text, CultureInfo.InvariantCulture),
        (EdmType.DateTime, string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
        (EdmType.Guid, string text) => Guid.Parse(text),
        (EdmType.Binary, string text) => System.Convert.FromBase64String(text),
        _ => value,
    };
}
