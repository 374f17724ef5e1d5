using System.Text.Json;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Problems;
using Usage.Core.Products;
using Usage.Functions.Http;
using Usage.Functions.Http.Errors;
using Usage.Functions.Integrations;
using Usage.Storage.Integrations;

namespace Usage.Functions.TestRuns;

/// <param name="Integration">With version 0 when it was not saved.</param>
/// <param name="Saved">The run is told under its integration.</param>
public sealed record Draft(Integration Integration, bool Saved)
{
    /// <summary>Where in the request it is; the paths of problems with it begin there.</summary>
    public string Place => Saved ? "" : DraftReader.Place;

    /// <summary>Products that are taken as if they were there; null: none are given, as a suggestion gives them.</summary>
    public IReadOnlyList<Product>? Products { get; init; }

    /// <summary>What is stored comes first: the same id is that product, whatever a draft says of it.</summary>
    public IReadOnlyDictionary<ProductId, Product> With(IReadOnlyDictionary<ProductId, Product> stored) =>
        Products is not { Count: > 0 } ? stored
            : stored.Values.Concat(Products).DistinctBy(product => product.Id).ToDictionary(product => product.Id);

    /// <summary>What the draft is refused for: a suggestion's may leave open what nobody could tell of the file.</summary>
    public IReadOnlyList<Problem> Judged(IReadOnlyList<Problem> found) =>
        Products is null ? found : [.. found.Where(problem => !problem.IsOpen)];
}

/// <summary>Finds the integration that a test run reads its file by: a saved one, or a draft in the request.</summary>
public sealed class DraftReader(IntegrationStore integrations, IntegrationCheck check)
{
    internal const string Place = "integration";

    internal const string ProductsPlace = "products";

    private static readonly IntegrationId DraftId = new("draft");

    public async Task<Draft?> ReadAsync(
        ApiRequest request, JsonElement integration, IReadOnlyList<DraftProduct>? products, CancellationToken cancellationToken)
    {
        for (var i = 0; i < products?.Count; i++) request.Judge(products[i].FindProblems(), $"{ProductsPlace}[{i}]");
        if (integration.ValueKind == JsonValueKind.String)
        {
            var text = integration.GetString()!;
            if (IntegrationId.TryParse(text, out var id)) return await SavedAsync(request, id, cancellationToken);
            request.Refuse(ApiErrorCode.InvalidId, Place, $"found \"{text}\", expected {IntegrationId.Rule}");
            return null;
        }

        var (body, errors) = JsonBody.Read<IntegrationBody>(integration, Place);
        request.Refuse(errors);
        if (body is null) return null;
        var draft = body.ToIntegration(DraftId);
        var read = new Draft(draft, Saved: false) { Products = products?.Select(product => product.ToProduct()).ToList() };
        request.Judge(read.Judged(await check.FindInDraftAsync(draft, read.With, cancellationToken)), Place);
        return read;
    }

    public async Task<Draft?> SavedAsync(ApiRequest request, IntegrationId id, CancellationToken cancellationToken)
    {
        if (await integrations.GetAsync(id, cancellationToken) is { } saved) return new Draft(saved.Value, Saved: true);
        request.Miss("integration", id.Value);
        return null;
    }
}
