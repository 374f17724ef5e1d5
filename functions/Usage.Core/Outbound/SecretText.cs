using System.Text.RegularExpressions;

namespace Usage.Core.Outbound;

/// <summary><c>@secret:NAME</c> in a text stands for the app setting <c>Secrets__NAME</c>.</summary>
public static partial class SecretText
{
    public const string Mark = "@secret:";

    /// <summary>How to write one, for messages.</summary>
    public const string Hint = "@secret:NAME, with the value in the app setting Secrets__NAME";

    public static bool Has(string text) => Reference().IsMatch(text);

    /// <summary>The whole text is one reference.</summary>
    public static bool IsOne(string text) => Reference().Match(text) is { Success: true } match && match.Length == text.Length;

    /// <summary>Whether a mark is not followed by a valid name, as in <c>@secret:</c> or <c>@secret:-</c>.</summary>
    public static bool IsBroken(string text) => Marks().Count(text) != Reference().Count(text);

    /// <summary>The secrets that are referred to, each once.</summary>
    public static IEnumerable<string> Names(string text) => Reference().Matches(text).Select(match => match.Groups[1].Value).Distinct();

    public static string Setting(string name) => $"Secrets__{name}";

    /// <summary>Puts the values in their places.</summary>
    /// <param name="value">The secret of a name; it throws when there is none.</param>
    public static string Fill(string text, Func<string, string> value) => Reference().Replace(text, match => value(match.Groups[1].Value));

    [GeneratedRegex("@secret:([A-Za-z][A-Za-z0-9_]{0,62})")]
    private static partial Regex Reference();

    [GeneratedRegex("@secret:", RegexOptions.IgnoreCase)]
    private static partial Regex Marks();
}
