namespace Usage.Page;

/// <summary>A file of the page as browsers get it.</summary>
/// <param name="Name">Below <c>/ui/</c>.</param>
/// <param name="ContentType">With its charset.</param>
/// <param name="Tag">An entity tag of its content.</param>
/// <param name="Plain">As it is.</param>
/// <param name="Packed">By the coding that a browser may ask for, smallest first; none where packing gains nothing.</param>
public sealed record PageFile(
    string Name, string ContentType, string Tag, ReadOnlyMemory<byte> Plain,
    IReadOnlyList<KeyValuePair<string, ReadOnlyMemory<byte>>> Packed)
{
    /// <summary>Its name changes with its content, so that a browser never needs to ask again.</summary>
    public bool IsImmutable => Name.StartsWith(PageFiles.Assets, StringComparison.Ordinal);
}
