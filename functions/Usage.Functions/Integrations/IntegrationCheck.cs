using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Integrations.Rules;
using Usage.Core.Outbound;
using Usage.Core.Problems;
using Usage.Core.Products;
using Usage.Functions.Products;
using Usage.Functions.Settings;
using Usage.Storage.Products;

namespace Usage.Functions.Integrations;

/// <summary>What an integration must be to be saved, or to be tried out before it is.</summary>
public sealed class IntegrationCheck(ProductStore products, ProductUse use, OutboundRules outbound, UsageOptions options)
{
    /// <returns>Every problem and warning at once, beside the products that are there now.</returns>
    public Task<IReadOnlyList<Problem>> FindAsync(Integration integration, CancellationToken cancellationToken) =>
        FindAsync(integration, integration.Id, stored => stored, cancellationToken);

    /// <summary>The same for a draft, which has no id yet.</summary>
    /// <param name="with">Adds products that are taken as if they were there.</param>
    public Task<IReadOnlyList<Problem>> FindInDraftAsync(
        Integration draft, Func<IReadOnlyDictionary<ProductId, Product>, IReadOnlyDictionary<ProductId, Product>> with,
        CancellationToken cancellationToken) => FindAsync(draft, null, with, cancellationToken);

    /// <summary>The same for one that is to be stored.</summary>
    public async Task<IReadOnlyList<Problem>> FindToStoreAsync(Integration integration, CancellationToken cancellationToken) =>
        [.. await FindAsync(integration, cancellationToken), .. await use.JudgeNewAsync(integration, cancellationToken)];

    private async Task<IReadOnlyList<Problem>> FindAsync(
        Integration integration, IntegrationId? id,
        Func<IReadOnlyDictionary<ProductId, Product>, IReadOnlyDictionary<ProductId, Product>> with, CancellationToken cancellationToken) =>
        [.. IntegrationRules.Validate(integration, with(await products.MapAsync(cancellationToken)), options.MaxDimensions),
            .. outbound.Validate(integration, id)];
}
