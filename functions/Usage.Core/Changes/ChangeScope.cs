using Usage.Core.Ids;

namespace Usage.Core.Changes;

/// <summary>Which of a run's values are meant; null is all.</summary>
public sealed record ChangeScope(
    AccountId? Account = null, ProductId? Product = null, DateOnly? Date = null, DimensionId? Dimension = null)
{
    public static ChangeScope All { get; } = new();

    public bool Contains(AccountId account, ProductId product, DateOnly date, DimensionId dimension) =>
        (Account ?? account) == account && (Product ?? product) == product && (Date ?? date) == date
        && (Dimension ?? dimension) == dimension;

    public bool MayContain(ProductId product, DateOnly date) => (Product ?? product) == product && (Date ?? date) == date;

    /// <returns>Null: they have nothing in common.</returns>
    public ChangeScope? And(ChangeScope other)
    {
        if (Differ(Account, other.Account) || Differ(Product, other.Product) || Differ(Date, other.Date)
            || Differ(Dimension, other.Dimension)) return null;
        return new ChangeScope(
            Account ?? other.Account, Product ?? other.Product, Date ?? other.Date, Dimension ?? other.Dimension);
    }

    private static bool Differ<T>(T? one, T? other)
        where T : struct => one is { } a && other is { } b && !a.Equals(b);
}
