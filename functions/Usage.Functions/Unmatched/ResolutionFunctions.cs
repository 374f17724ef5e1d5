using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Usage.Core;
using Usage.Core.Access;
using Usage.Core.Accounts;
using Usage.Core.Accounts.Matching;
using Usage.Core.Ids;
using Usage.Functions.Http;
using Usage.Functions.Http.Errors;
using Usage.Storage.Integrations;
using Usage.Storage.Unmatched;

namespace Usage.Functions.Unmatched;

/// <summary>What was said of identifiers: listed, and taken back. What it released stays.</summary>
public sealed class ResolutionFunctions(ResolutionStore resolutions, IntegrationStore integrations)
{
    private const string Route = "api/unmatched/resolutions";

    private static readonly Operation ListResolutions =
        new Operation(nameof(ListResolutions), "What was said of identifiers, ignored ones too.", Audience.Reader)
        .With("integration", "by").WithTexts("key").Paged().Answers<Page<Resolution>>("ResolutionPage");

    [Function(nameof(ListResolutions))]
    public async Task<IActionResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest http, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, ListResolutions);
        var (integration, by) = (request.QueryId<IntegrationId>("integration"), request.OneOf<MatchBy>("by"));
        var (key, page) = (Key(request), request.Page());
        if (request.Problem is { } problem) return problem;
        IntegrationId[] all = integration is { } one
            ? [one]
            : [.. (await integrations.ListAsync(cancellationToken)).Select(found => found.Id).OrderBy(Text, StringComparer.Ordinal)];
        var found = new List<Resolution>();
        foreach (var id in all)
            found.AddRange((await resolutions.ReadAsync(id, cancellationToken)).All
                .Where(said => (by is null || said.By == by) && (key is null || IsSame(said, key))));
        return Answer.Ok(page.Of(found, Place));
    }

    private static readonly Operation DeleteResolution =
        new Operation(nameof(DeleteResolution), "Takes back what was said of an identifier; what it released stays.", Audience.Editor)
        .Needs("integration", "by", "key").AsText("key").Problem(404);

    [Function(nameof(DeleteResolution))]
    public Task<IActionResult> Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Route)] HttpRequest http, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, DeleteResolution);
        return DeleteAsync(request, resolutions, _ => true, cancellationToken);
    }

    /// <summary>Takes back the one that the query names.</summary>
    internal static Task<IActionResult> DeleteAsync(
        ApiRequest request, ResolutionStore resolutions, Func<Resolution, bool> isMeant, CancellationToken cancellationToken)
    {
        var (integration, by) =
            (request.Needed("integration", request.QueryId<IntegrationId>), request.Needed("by", request.OneOf<MatchBy>));
        var key = Key(request);
        if (key is null && !request.IsWrong("key")) request.Refuse(ApiErrorCode.MissingParameter, "key", "\"key\" is missing");
        return new Edit<Resolution, Resolution>(request, "resolution", key ?? "")
        {
            Load = async () => (await resolutions.ReadAsync(integration, cancellationToken)).Find(by, key!) is { } found && isMeant(found)
                ? found : null,
            Shown = found => found,
        }.DeleteAsync(found => resolutions.TryDeleteAsync(found, cancellationToken));
    }

    private static string? Key(ApiRequest request)
    {
        if (request.Text("key") is not { } key) return null;
        if (CellText.Trim(key).Length is > 0 and <= IdentifierKey.MaxLength) return key;
        request.Refuse(
            ApiErrorCode.InvalidValue, "key", $"found {key.Length} characters, expected 1 to {IdentifierKey.MaxLength}, not all blank");
        return null;
    }

    private static bool IsSame(Resolution said, string key) => IdentifierKey.Of(said.By, said.Key) == IdentifierKey.Of(said.By, key);

    private static string Text(IntegrationId id) => id.Value;

    // Kinds in their own order, as they are stored.
    private static string Place(Resolution said) => $"{said.Integration}\n{(int)said.By}\n{IdentifierKey.Of(said.By, said.Key)}";
}
