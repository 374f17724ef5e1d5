using Microsoft.AspNetCore.Mvc;
using Usage.Core.Integrations;
using Usage.Core.Products;
using Usage.Functions.Http;
using Usage.Functions.Http.Errors;
using Usage.Storage.Documents;
using Usage.Storage.Integrations;
using Usage.Storage.Products;

namespace Usage.Functions.Integrations;

/// <summary>Writes an integration that fits the products, after making the dimensions that it asks for.</summary>
public sealed class IntegrationWriter(IntegrationStore integrations, ProductStore products, IntegrationCheck check)
{
    /// <returns>Null: someone else was faster, once more from the beginning.</returns>
    public async Task<IActionResult?> WriteAsync(Integration after, Stored<Integration>? before, CancellationToken cancel)
    {
        if (Problems.Answer(await check.FindAsync(after, cancel)) is { } wrong) return wrong;
        if (!await TryCreateDimensionsAsync(after, cancel)) return null;
        if (before is not null && Same(before, after)) return Answer.Tagged(before.Value);
        if (await integrations.TryWriteAsync(after, before, cancel) is not { } written) return null;
        return Answer.Stored(before is null, written, $"/integrations/{after.Id}");
    }

    private static bool Same(Stored<Integration> before, Integration after) =>
        EntityTag.Of(before.Value) == EntityTag.Of(after with { Version = before.Value.Version });

    private async Task<bool> TryCreateDimensionsAsync(Integration integration, CancellationToken cancel)
    {
        foreach (var mapping in integration.Products.Where(mapping => mapping.Dimensions.Any(dimension => dimension.Create is not null)))
        {
            if (await products.GetAsync(mapping.Product, cancel) is not { } stored) return false;
            Dimension[] missing =
            [
                .. mapping.Dimensions
                    .Where(wanted => wanted.Create is not null && stored.Value.Dimensions.All(there => there.Id != wanted.Dimension))
                    .Select(wanted => new Dimension
                    {
                        Id = wanted.Dimension, Name = wanted.Create!.Name, DataType = wanted.Create.DataType,
                        Aggregate = wanted.Create.Aggregate,
                    }),
            ];
            if (missing.Length == 0) continue;
            if (!await products.TryWriteAsync(stored.Value with { Dimensions = [.. stored.Value.Dimensions, .. missing] }, stored, cancel))
                return false;
        }

        return true;
    }
}
