using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Usage.Core.Ids;

[JsonConverter(typeof(IdJsonConverter<DimensionId>))]
public readonly record struct DimensionId : IId<DimensionId>
{
    /// <exception cref="FormatException">The text is no valid id.</exception>
    public DimensionId(string value) => Value = IsValid(value) ? value : throw new FormatException($"found \"{value}\", expected {Rule}");

    public static string Rule => "1 to 63 characters a-z, 0-9 and _, a letter first";

    public string Value { get; }

    public static bool TryParse([NotNullWhen(true)] string? text, out DimensionId id)
    {
        var valid = IsValid(text);
        id = valid ? new DimensionId(text!) : default;
        return valid;
    }

    public override string ToString() => Value;

    private static bool IsValid(string? text) => Slug.IsValid(text, digitFirst: false, joiner: '_');
}
