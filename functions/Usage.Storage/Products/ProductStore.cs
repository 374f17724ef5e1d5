using Usage.Core.Ids;
using Usage.Core.Products;
using Usage.Storage.Documents;

namespace Usage.Storage.Products;

/// <summary>Products with their dimensions: one entity each, so that both change as one.</summary>
public sealed class ProductStore(UsageTables tables)
{
    private const string Partition = "product";

    private readonly DocumentTable<Product> documents = new(tables.Products);

    public Task<Stored<Product>?> GetAsync(ProductId id, CancellationToken cancel) => documents.GetAsync(Partition, id.Value, cancel);

    /// <summary>All, ordered by id.</summary>
    public async Task<IReadOnlyList<Product>> ListAsync(CancellationToken cancel) =>
        await documents.ListAsync(Partition, cancel).ToListAsync(cancel);

    public async Task<IReadOnlyDictionary<ProductId, Product>> MapAsync(CancellationToken cancel) =>
        (await ListAsync(cancel)).ToDictionary(product => product.Id);

    /// <param name="before">What was read; null to create.</param>
    /// <returns>False: someone else was faster; read again.</returns>
    public Task<bool> TryWriteAsync(Product product, Stored<Product>? before, CancellationToken cancel) =>
        documents.TryWriteAsync(Partition, product.Id.Value, product, before, cancel);

    public Task<bool> TryDeleteAsync(Stored<Product> before, CancellationToken cancel) =>
        documents.TryDeleteAsync(Partition, before.Value.Id.Value, before, cancel);
}
