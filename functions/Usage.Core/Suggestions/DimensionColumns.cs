using System.Text;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Products;
using Usage.Core.Values;

namespace Usage.Core.Suggestions;

/// <summary>Finds the dimension for a column: an existing one with a similar name, or a new one.</summary>
internal static class DimensionColumns
{
    private const int MaxIdLength = 63;

    /// <summary>Null: no dimension of the product has such a name.</summary>
    public static Dimension? Find(ColumnProfile column, Product product)
    {
        var key = Key(column.Name);
        if (key.Length == 0) return null;
        return product.Dimensions.FirstOrDefault(d => Key(d.Id.Value) == key)
            ?? product.Dimensions.FirstOrDefault(d => Key(d.Name) == key)
            ?? product.Dimensions.FirstOrDefault(d => Initials(d.Name) == key)
            ?? OneOf(product.Dimensions.Where(d => Contains(d, column.Name)));
    }

    /// <summary>Null: the column's name can't be made into an id, or the id is taken.</summary>
    public static DimensionMapping? Create(ColumnProfile column, IReadOnlySet<DimensionId> taken)
    {
        var words = TextWords.Of(column.Name);
        var id = Ascii(string.Join('_', words));
        if (id.Length > 0 && char.IsAsciiDigit(id[0])) id = $"d_{id}";
        if (id.Length > MaxIdLength) id = id[..MaxIdLength];
        if (!DimensionId.TryParse(id.TrimEnd('_'), out var dimension) || taken.Contains(dimension)) return null;
        var name = string.Join(' ', words.Select(word => $"{char.ToUpperInvariant(word[0])}{word[1..]}"));
        return new DimensionMapping
        {
            Column = column.Name,
            Dimension = dimension,
            Create = new NewDimension { Name = name, DataType = column.DataType }
        };
    }

    private static Dimension? OneOf(IEnumerable<Dimension> found) => found.Take(2).ToList() is [var only] ? only : null;

    // "plan_type" means "Subscription Plan" when no other dimension has a word of it.
    private static bool Contains(Dimension dimension, string column)
    {
        var words = TextWords.Of(dimension.Name);
        return TextWords.Of(column).Any(word => word.Length > 3 && words.Contains(word));
    }

    private static string Key(string text) => string.Concat(TextWords.Of(text));

    private static string Initials(string name) => string.Concat(TextWords.Of(name).Select(word => word[0]));

    private static string Ascii(string text)
    {
        var id = new StringBuilder();
        foreach (var c in text.Normalize(NormalizationForm.FormD))
            if (char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_') id.Append(c);
        return id.ToString().Trim('_');
    }
}
