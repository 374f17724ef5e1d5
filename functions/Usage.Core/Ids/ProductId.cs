using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Usage.Core.Ids;

[JsonConverter(typeof(IdJsonConverter<ProductId>))]
public readonly record struct ProductId : IId<ProductId>
{
    /// <exception cref="FormatException">The text is no valid id.</exception>
    public ProductId(string value) => Value = IsValid(value) ? value : throw new FormatException($"found \"{value}\", expected {Rule}");

    public static string Rule => "1 to 63 characters a-z, 0-9 and -, not - first";

    public string Value { get; }

    public static bool TryParse([NotNullWhen(true)] string? text, out ProductId id)
    {
        var valid = IsValid(text);
        id = valid ? new ProductId(text!) : default;
        return valid;
    }

    public override string ToString() => Value;

    private static bool IsValid(string? text) => Slug.IsValid(text, digitFirst: true, joiner: '-');
}
