using System.Text;
using Usage.Core.Ids;
using Usage.Core.Products;
using Usage.Core.Values;
using static System.FormattableString;

namespace Usage.Core.Suggestions.Proposals;

/// <summary>Finds the dimension that a column or a metric is called as, and names new ones.</summary>
internal static class DimensionNames
{
    private const int MaxIdLength = 63;

    /// <summary>Null: no dimension of the product has such a name.</summary>
    public static Dimension? Find(string name, Product product)
    {
        var key = Key(name);
        if (key.Length == 0) return null;
        return product.Dimensions.FirstOrDefault(d => Key(d.Id.Value) == key)
            ?? product.Dimensions.FirstOrDefault(d => Key(d.Name) == key)
            ?? OneOf(product.Dimensions.Where(d => Initials(d.Name) == key || Initials(d.Id.Value) == key));
    }

    /// <summary>
    /// The only dimension that shares a word with the name: <c>plan_type</c> is likely "Subscription Plan". Too little to choose a product
    /// by.
    /// </summary>
    public static Dimension? FindAlike(string name, Product product) =>
        Find(name, product)
            ?? OneOf(product.Dimensions.Where(d => TextWords.Of(d.Name).Intersect(TextWords.Of(name)).Any(word => word.Length > 3)));

    /// <summary>An id that isn't taken.</summary>
    /// <param name="nameless">The id where the name has no letter or digit that an id may have, as in other scripts.</param>
    public static DimensionId NewId(string name, string nameless, IReadOnlySet<DimensionId> taken)
    {
        var id = Ascii(string.Join('_', TextWords.Of(name)), '_');
        if (id.Length == 0) id = nameless;
        if (char.IsAsciiDigit(id[0])) id = $"d_{id}";
        for (var number = 1; ; number++)
        {
            var end = number == 1 ? "" : Invariant($"_{number}");
            var dimension = new DimensionId(id[..Math.Min(id.Length, MaxIdLength - end.Length)].TrimEnd('_') + end);
            if (!taken.Contains(dimension)) return dimension;
        }
    }

    /// <summary>As people write it: <c>api_calls</c> is "Api Calls".</summary>
    public static string NewName(string name)
    {
        var words = TextWords.Of(name).Select(word => $"{char.ToUpperInvariant(word[0])}{word[1..]}");
        var joined = string.Join(' ', words) is { Length: > 0 } said ? said : name;
        return joined.Length <= DimensionRules.MaxNameLength ? joined : joined[..DimensionRules.MaxNameLength].TrimEnd();
    }

    /// <summary>Letters and digits that ids may have, accents taken off.</summary>
    public static string Ascii(string text, char joiner)
    {
        var id = new StringBuilder();
        foreach (var c in text.Normalize(NormalizationForm.FormD))
            if (char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == joiner) id.Append(c);
        return id.ToString().Trim(joiner);
    }

    public static string Key(string text) => string.Concat(TextWords.Of(text));

    private static Dimension? OneOf(IEnumerable<Dimension> found) => found.Take(2).ToList() is [var only] ? only : null;

    private static string Initials(string name) =>
        TextWords.Of(name) is { Length: > 1 } words ? string.Concat(words.Select(word => word[0])) : "";
}
