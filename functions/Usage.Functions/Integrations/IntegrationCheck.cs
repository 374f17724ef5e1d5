using Usage.Core.Integrations;
using Usage.Core.Outbound;
using Usage.Core.Problems;
using Usage.Functions.Settings;
using Usage.Storage.Products;

namespace Usage.Functions.Integrations;

/// <summary>What an integration must be to be saved, or to be tried out before it is.</summary>
public sealed class IntegrationCheck(ProductStore products, AllowedHosts allowed, UsageOptions options)
{
    /// <returns>Every problem and warning at once, beside the products that are there now.</returns>
    public async Task<IReadOnlyList<Problem>> FindAsync(Integration integration, CancellationToken cancel) =>
        [.. IntegrationRules.Validate(integration, await products.MapAsync(cancel), options.MaxDimensions),
            .. OutboundRules.Validate(integration, allowed)];
}
