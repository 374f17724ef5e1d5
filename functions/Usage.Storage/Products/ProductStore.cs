using Usage.Core.Ids;
using Usage.Core.Products;
using Usage.Storage.Documents;

namespace Usage.Storage.Products;

/// <summary>Products with their dimensions: one entity each, so that both change as one.</summary>
public sealed class ProductStore(UsageTables tables)
{
    private const string Partition = "product";

    private readonly DocumentTable<Product> _documents = new(tables.Products);

    public Task<Stored<Product>?> GetAsync(ProductId id, CancellationToken cancellationToken) =>
        _documents.GetAsync(Partition, id.Value, cancellationToken);

    /// <summary>All, ordered by id.</summary>
    public async Task<IReadOnlyList<Product>> ListAsync(CancellationToken cancellationToken) =>
        await _documents.ListAsync(Partition, cancellationToken).ToListAsync(cancellationToken);

    public async Task<IReadOnlyDictionary<ProductId, Product>> MapAsync(CancellationToken cancellationToken) =>
        (await ListAsync(cancellationToken)).ToDictionary(product => product.Id);

    /// <param name="before">What was read; null to create.</param>
    /// <returns>False: someone else was faster; read again.</returns>
    public Task<bool> TryWriteAsync(Product product, Stored<Product>? before, CancellationToken cancellationToken) =>
        _documents.TryWriteAsync(Partition, product.Id.Value, product, before, cancellationToken);

    /// <summary>
    /// For whoever has just written something that refers to products, and looks again after this whether they are as it needs them.
    /// Deletes and changes hold what they found against what is stored: one that looked before the reference was there fails now, and looks
    /// again; one that comes later sees it.
    /// </summary>
    public Task TouchAsync(IEnumerable<ProductId> referred, CancellationToken cancellationToken) => Task.WhenAll(
        referred.Distinct().Select(id => tables.Products.TouchAsync(Partition, id.Value, cancellationToken)));

    public Task<bool> TryDeleteAsync(Stored<Product> before, CancellationToken cancellationToken) =>
        _documents.TryDeleteAsync(Partition, before.Value.Id.Value, before, cancellationToken);
}
