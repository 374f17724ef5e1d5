using Usage.Core.Ids;
using Usage.Storage.Changes;

namespace Usage.Storage.Imports.Writing;

/// <summary>What a run finds when its turns at its products have come: nobody else changes it until the run has ended.</summary>
public sealed record WriteBasis(IReadOnlyList<ProductBasis> Products)
{
    /// <summary>Groups that are told at once: each attempt at a partition cuts in the same places, whatever settings say by then.</summary>
    public int GroupsPerPiece { get; init; } = 64;

    /// <summary>Ordinals of accounts that were being erased by then, or had been: nothing of them is written.</summary>
    public IReadOnlyList<int> Erased { get; init; } = [];

    /// <summary>Finds the accounts that the run may write, by their ordinals.</summary>
    /// <param name="account">As they were when the file was read.</param>
    public Func<int, AccountId?> Open(Func<int, AccountId?> account)
    {
        if (Erased.Count == 0) return account;
        var erased = Erased.ToHashSet();
        return ordinal => erased.Contains(ordinal) ? null : account(ordinal);
    }

    /// <summary>Of a run that has no turns.</summary>
    public static WriteBasis None { get; } = new([]);

    public ProductBasis Of(ProductId product) => Products.First(basis => basis.Product == product);

    /// <returns>Null for a date that the run doesn't write.</returns>
    public DateBasis? Find(ProductId product, DateOnly date) =>
        Products.FirstOrDefault(basis => basis.Product == product)?.Dates.FirstOrDefault(basis => basis.Date == date);

    /// <summary>Whether a run with a later place has written a date that this one writes.</summary>
    public bool IsLate() => Products.Any(product => product.Dates.Any(date => date.IsLate(product.Place)));
}

/// <param name="Turn">The number of the run's turn.</param>
/// <param name="Place">Of the run among all that write the product.</param>
public sealed record ProductBasis(ProductId Product, long Turn, string Place, IReadOnlyList<DateBasis> Dates);

/// <param name="IsThere">Whether the date had snapshots, or may have had.</param>
/// <param name="IsLogged">Whether all that was written of it is in some run's log.</param>
/// <param name="Writers">The other runs that wrote it, by place.</param>
public sealed record DateBasis(DateOnly Date, bool IsThere, bool IsLogged, IReadOnlyList<DateWriter> Writers)
{
    public bool IsLate(string place) => Writers.Count > 0 && Writers[^1].IsAfter(place);
}
