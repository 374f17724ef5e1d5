using System.Text.RegularExpressions;
using Usage.Core.Ids;
using Usage.Core.Products;
using Usage.Core.Suggestions.Reasons;
using Usage.Core.Values;
using static System.FormattableString;

namespace Usage.Core.Suggestions.Proposals;

/// <summary>
/// Chooses the product whose dimensions the file's columns or metrics are called as or, where none fits, names a new one.
/// </summary>
internal static partial class ProductFit
{
    private const int MaxIdLength = 60;

    /// <param name="names">Columns that may feed dimensions, or the metrics of a long file.</param>
    /// <param name="what">What the names are, as in "columns".</param>
    /// <param name="file">Of a wide file, whose name says what it holds, all that there is to choose by.</param>
    /// <returns>Null: none fits, or several do so equally.</returns>
    public static Product? Choose(IReadOnlyList<Product> products, IReadOnlyList<string> names, string what, string file, Notes notes)
    {
        var fits = products
            .Select(product => (Product: product, Known: names.Count(name => DimensionNames.Find(name, product) is not null)))
            .Where(fit => fit.Known > 0)
            .OrderByDescending(fit => fit.Known).ThenByDescending(fit => IsNamed(fit.Product, file))
            .ThenBy(fit => fit.Product.Dimensions.Count).ThenBy(fit => fit.Product.Id.Value, StringComparer.Ordinal).ToList();
        foreach (var (product, known) in fits.Where(fit => fit.Product.SnapshotPeriod is null).Take(1))
            notes.Warn("no-snapshot-period", Invariant($"product \"{product.Id}\" would fit ({known} of {names.Count} {what}), ")
                + $"but has no snapshot period: set it with PUT /api/products/{product.Id}");
        fits.RemoveAll(fit => fit.Product.SnapshotPeriod is null);
        if (fits is not [var best, ..])
        {
            notes.Because(Invariant($"0 of {names.Count} {what} are called as the dimensions of a product"));
            return null;
        }

        var equal = fits.Where(fit => fit.Known == best.Known && IsNamed(fit.Product, file) == IsNamed(best.Product, file)
            && fit.Product.Dimensions.Count == best.Product.Dimensions.Count).ToList();
        if (equal.Count > 1)
        {
            notes.LeaveOpen("which product the file is of (products[0].product)", [.. equal.Select(fit => new ChoiceOption(
                fit.Product.Id.Value, Invariant($"{fit.Known} of {names.Count} {what} are called as its dimensions")))]);
            return null;
        }

        notes.Because(Invariant($"product \"{best.Product.Id}\": {best.Known} of {names.Count} {what} are called as its dimensions"));
        return best.Product;
    }

    /// <summary>Named after the file, under an id that no product has.</summary>
    public static (ProductId Id, string Name) New(string file, IReadOnlyList<Product> products)
    {
        var words = Subject(file);
        var slug = DimensionNames.Ascii(string.Join('-', words), '-');
        if (slug.Length == 0) (slug, words) = ("usage", ["usage"]);
        slug = slug[..Math.Min(slug.Length, MaxIdLength)].TrimEnd('-');
        var name = string.Join(' ', words);
        name = $"{char.ToUpperInvariant(name[0])}{name[1..Math.Min(name.Length, ProductRules.MaxNameLength)]}";
        var taken = products.Select(product => product.Id.Value).ToHashSet(StringComparer.Ordinal);
        var number = 1;
        while (taken.Contains(number == 1 ? slug : Invariant($"{slug}-{number}"))) number++;
        return (new ProductId(number == 1 ? slug : Invariant($"{slug}-{number}")), number == 1 ? name : Invariant($"{name} {number}"));
    }

    /// <summary>The words of a file's name without its folders, endings and dates.</summary>
    public static string[] Subject(string file)
    {
        var last = Endings().Replace(file[(file.LastIndexOf('/') + 1)..], "");
        return [.. TextWords.Of(last).Where(word => !Dates().IsMatch(word))];
    }

    private static bool IsNamed(Product product, string file) =>
        Subject(file) is var words && TextWords.Of(product.Name).Concat(TextWords.Of(product.Id.Value)).Any(words.Contains);

    [GeneratedRegex(
        @"(\.(csv|tsv|txt|xlsx|gz))+$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Endings();

    [GeneratedRegex(
        @"^(\d+|q[1-4]|\d{4}q[1-4]|w\d\d|t?\d+[tz]\d*|jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march"
            + "|april|june|july|august|september|october|november|december|final|copy|export|v\\d+)$",
        RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Dates();
}
