using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Usage.Core.Ids;

[JsonConverter(typeof(IdJsonConverter<SegmentId>))]
public readonly record struct SegmentId : IId<SegmentId>
{
    /// <exception cref="FormatException">The text is no valid id.</exception>
    public SegmentId(string value) => Value = IsValid(value) ? value : throw new FormatException($"found \"{value}\", expected {Rule}");

    public static string Rule => "1 to 63 characters a-z, 0-9 and -, not - first";

    public string Value { get; }

    public static bool TryParse([NotNullWhen(true)] string? text, out SegmentId id)
    {
        var valid = IsValid(text);
        id = valid ? new SegmentId(text!) : default;
        return valid;
    }

    public override string ToString() => Value;

    private static bool IsValid(string? text) => Slug.IsValid(text, digitFirst: true, joiner: '-');
}
