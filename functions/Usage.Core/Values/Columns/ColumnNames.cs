using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Usage.Core.Values.Columns;

/// <summary>
/// A column as a mapping names it: by one name, or by several of which a file's header has one. Kept as it was written, trimmed nowhere;
/// <see cref="Files.ColumnMap"/> compares.
/// </summary>
[JsonConverter(typeof(ColumnNamesJsonConverter))]
public sealed class ColumnNames : IEquatable<ColumnNames>
{
    private ColumnNames(IReadOnlyList<string> names, bool isList) => (Names, IsList) = (names, isList);

    public IReadOnlyList<string> Names { get; }

    /// <summary>Written as a list, also of a single name.</summary>
    public bool IsList { get; }

    /// <summary>The same for two that find the same column in every header.</summary>
    internal string Key => string.Join('\n', Names.Select(CellText.Name)).ToUpperInvariant();

    public static ColumnNames List(IReadOnlyList<string> names) => new(names, isList: true);

    [return: NotNullIfNotNull(nameof(name))]
    public static implicit operator ColumnNames?(string? name) => name is null ? null : new ColumnNames([name], isList: false);

    public static bool operator ==(ColumnNames? one, ColumnNames? other) => one is null ? other is null : one.Equals(other);

    public static bool operator !=(ColumnNames? one, ColumnNames? other) => !(one == other);

    /// <summary>Whether a header's column could be meant by both.</summary>
    public bool Shares(ColumnNames other) =>
        Names.Select(CellText.Name).Intersect(other.Names.Select(CellText.Name), StringComparer.OrdinalIgnoreCase).Any();

    public bool Equals(ColumnNames? other) =>
        other is not null && IsList == other.IsList && Names.SequenceEqual(other.Names, StringComparer.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as ColumnNames);

    public override int GetHashCode() => Names.Count == 0 ? 0 : StringComparer.Ordinal.GetHashCode(Names[0]);

    /// <summary>For messages: <c>"mau" or "MAU"</c>.</summary>
    public override string ToString() => string.Join(" or ", Names.Select(name => $"\"{CellText.Shown(CellText.Name(name))}\""));
}
