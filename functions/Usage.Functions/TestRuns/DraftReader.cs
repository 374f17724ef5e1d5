using System.Text.Json;
using Usage.Core.Ids;
using Usage.Core.Integrations;
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
}

/// <summary>Finds the integration that a test run reads its file by: a saved one, or a draft in the request.</summary>
public sealed class DraftReader(IntegrationStore integrations, IntegrationCheck check)
{
    internal const string Place = "integration";

    private static readonly IntegrationId DraftId = new("draft");

    public async Task<Draft?> ReadAsync(ApiRequest ask, JsonElement integration, CancellationToken cancellationToken)
    {
        if (integration.ValueKind == JsonValueKind.String)
        {
            var text = integration.GetString()!;
            if (IntegrationId.TryParse(text, out var id)) return await SavedAsync(ask, id, cancellationToken);
            ask.Refuse(ApiErrorCode.InvalidId, Place, $"found \"{text}\", expected {IntegrationId.Rule}");
            return null;
        }

        var (body, errors) = JsonBody.Read<IntegrationBody>(integration, Place);
        ask.Refuse(errors);
        if (body is null) return null;
        var draft = body.ToIntegration(DraftId);
        ask.Judge(await check.FindAsync(draft, cancellationToken), Place);
        return new Draft(draft, Saved: false);
    }

    public async Task<Draft?> SavedAsync(ApiRequest ask, IntegrationId id, CancellationToken cancellationToken)
    {
        if (await integrations.GetAsync(id, cancellationToken) is { } saved) return new Draft(saved.Value, Saved: true);
        ask.Miss("integration", id.Value);
        return null;
    }
}
