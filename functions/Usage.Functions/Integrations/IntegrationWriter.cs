using System.Text.Json;
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
    public async Task<IActionResult?> WriteAsync(Integration after, Stored<Integration>? before, CancellationToken cancellationToken)
    {
        var problems = await check.FindToStoreAsync(after, cancellationToken);
        if (Problems.Answer(problems) is { } wrong) return wrong;
        if (!await TryCreateDimensionsAsync(after, cancellationToken)) return null;
        var written = before is not null && Same(before, after)
            ? before.Value : await integrations.TryWriteAsync(after, before, cancellationToken);
        return written is null ? null : Stored(before is null, written, new IntegrationWarnings(Problems.Warnings(problems)));
    }

    /// <summary>The tag is that of the integration alone, as it is when it is read.</summary>
    private static JsonAnswer<IReadOnlyDictionary<string, JsonElement>> Stored(
        bool created, Integration integration, IntegrationWarnings warnings) =>
        new(created ? 201 : 200, JsonMembers.Of(integration, warnings))
        {
            Tag = EntityTag.Of(integration),
            Location = created ? $"/integrations/{integration.Id}" : null,
        };

    private static bool Same(Stored<Integration> before, Integration after) =>
        EntityTag.Of(before.Value) == EntityTag.Of(after with { Version = before.Value.Version });

    private async Task<bool> TryCreateDimensionsAsync(Integration integration, CancellationToken cancellationToken)
    {
        foreach (var mapping in integration.Products.Where(mapping => mapping.Feeds().Any(feed => feed.Create is not null)))
        {
            if (await products.GetAsync(mapping.Product, cancellationToken) is not { } stored) return false;
            Dimension[] missing =
            [
                .. mapping.Feeds()
                    .Where(wanted => wanted.Create is not null && stored.Value.Dimensions.All(there => there.Id != wanted.Dimension))
                    .Select(wanted => new Dimension
                    {
                        Id = wanted.Dimension, Name = wanted.Create!.Name, DataType = wanted.Create.DataType,
                        Aggregate = wanted.Create.Aggregate,
                    }),
            ];
            if (missing.Length == 0) continue;
            if (!await products.TryWriteAsync(
                stored.Value with { Dimensions = [.. stored.Value.Dimensions, .. missing] }, stored, cancellationToken))
                return false;
        }

        return true;
    }
}
