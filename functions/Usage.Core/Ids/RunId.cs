using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Usage.Core.Ids;

[JsonConverter(typeof(IdJsonConverter<RunId>))]
public readonly record struct RunId : IId<RunId>
{
    /// <exception cref="FormatException">The text is no valid id.</exception>
    public RunId(string value) => Value = IsValid(value) ? value : throw new FormatException($"found \"{value}\", expected {Rule}");

    public static string Rule => "the id of a run, as 20261122T101530-0123456789ab";

    public string Value { get; }

    public static bool TryParse([NotNullWhen(true)] string? text, out RunId id)
    {
        var valid = IsValid(text);
        id = valid ? new RunId(text!) : default;
        return valid;
    }

    public override string ToString() => Value;

    private static bool IsValid(string? text) => RunIdText.IsValid(text);
}
