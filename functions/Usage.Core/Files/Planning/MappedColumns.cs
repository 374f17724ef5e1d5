using Usage.Core.Integrations;

namespace Usage.Core.Files.Planning;

/// <summary>The columns that a mapping reads, by its names.</summary>
internal static class MappedColumns
{
    public static IReadOnlyList<string> Of(ImportMapping mapping) =>
    [
        .. mapping.Integration.Match.Select(rule => rule.Column)
            .Concat(mapping.Products.SelectMany(product => product.Dimensions.Select(dimension => dimension.Column)))
            .Concat(Dates(mapping))
            .Select(name => name.Trim())
            .Distinct(StringComparer.OrdinalIgnoreCase),
    ];

    public static IReadOnlyList<string> Dates(ImportMapping mapping) =>
        [.. mapping.Products.Select(product => product.DateColumn).OfType<string>().Distinct(StringComparer.Ordinal)];
}
