using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Usage.Core.Ids;

[JsonConverter(typeof(IdJsonConverter<AccountId>))]
public readonly record struct AccountId : IId<AccountId>
{
    /// <summary>UTF-16 units.</summary>
    public const int MaxLength = 128;

    /// <exception cref="FormatException">The text is no valid id.</exception>
    public AccountId(string value) => Value = IsValid(value) ? value : throw new FormatException($"found \"{value}\", expected {Rule}");

    public static string Rule => $"1 to {MaxLength} characters, none of / \\ # ? nor control characters, and neither . nor ..";

    public string Value { get; }

    public static bool TryParse([NotNullWhen(true)] string? text, out AccountId id)
    {
        // In an address these two mean another place. An earlier release took them, so what is stored under them can still be read.
        var valid = IsValid(text) && text is not ("." or "..");
        id = valid ? new AccountId(text!) : default;
        return valid;
    }

    public override string ToString() => Value;

    private static bool IsValid(string? text) =>
        text is { Length: >= 1 and <= MaxLength } && !text.AsSpan().ContainsAny("/\\#?") && !text.Any(char.IsControl);
}
