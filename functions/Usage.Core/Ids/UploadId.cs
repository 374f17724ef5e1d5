using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Usage.Core.Ids;

[JsonConverter(typeof(IdJsonConverter<UploadId>))]
public readonly record struct UploadId : IId<UploadId>
{
    /// <exception cref="FormatException">The text is no valid id.</exception>
    public UploadId(string value) => Value = IsValid(value) ? value : throw new FormatException($"found \"{value}\", expected {Rule}");

    public static string Rule => "the id of an upload, as 20261122T101530-0123456789ab";

    public string Value { get; }

    /// <summary>Begins with its time, so that they are in order, and old ones are found by it.</summary>
    public static UploadId Unique(DateTimeOffset at, Guid salt) => new(RunIdText.Unique(at, salt).Value);

    public static bool TryParse([NotNullWhen(true)] string? text, out UploadId id)
    {
        var valid = IsValid(text);
        id = valid ? new UploadId(text!) : default;
        return valid;
    }

    public override string ToString() => Value;

    private static bool IsValid(string? text) => RunIdText.IsValid(text);
}
