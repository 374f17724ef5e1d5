using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Usage.Core.Access;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Functions.Http;
using Usage.Functions.Http.Errors;
using Usage.Storage.Documents;
using Usage.Storage.Integrations;

namespace Usage.Functions.Integrations;

public sealed class IntegrationFunctions(IntegrationStore integrations, IntegrationCheck check, MissingDimensions dimensions)
{
    private const string Route = "integrations/{integration}";

    private static readonly Operation ListIntegrations = new Operation(nameof(ListIntegrations), "All integrations.", Audience.Reader)
        .Paged().Answers<Page<Integration>>("IntegrationPage");

    [Function(nameof(ListIntegrations))]
    public async Task<IActionResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "integrations")] HttpRequest request, CancellationToken cancellationToken)
    {
        var ask = new ApiRequest(request, ListIntegrations);
        var page = ask.Page();
        if (ask.Problem is { } problem) return problem;
        return Answer.Ok(page.Of(await integrations.ListAsync(cancellationToken), integration => integration.Id.Value));
    }

    private static readonly Operation GetIntegration =
        new Operation(nameof(GetIntegration), "An integration as it is now.", Audience.Reader)
        .Shows<Integration>("Integration");

    [Function(nameof(GetIntegration))]
    public async Task<IActionResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request, string integration,
        CancellationToken cancellationToken)
    {
        var ask = new ApiRequest(request, GetIntegration);
        var id = ask.Id<IntegrationId>(integration, "integration");
        if (ask.Problem is { } problem) return problem;
        return Answer.Found((await integrations.GetAsync(id, cancellationToken))?.Value, "integration", integration);
    }

    private static readonly Operation ListIntegrationVersions =
        new Operation(nameof(ListIntegrationVersions), "All versions of an integration, the newest first.", Audience.Reader)
        .Paged().Answers<Page<Integration>>("IntegrationPage");

    [Function(nameof(ListIntegrationVersions))]
    public async Task<IActionResult> Versions(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route + "/versions")] HttpRequest request, string integration,
        CancellationToken cancellationToken)
    {
        var ask = new ApiRequest(request, ListIntegrationVersions);
        var id = ask.Id<IntegrationId>(integration, "integration");
        var page = ask.Page();
        if (ask.Problem is { } problem) return problem;
        var versions = await integrations.ListVersionsAsync(id, cancellationToken);
        return versions.Count == 0 ? ProblemAnswer.NotFound("integration", integration) : Answer.Ok(page.Of(versions, Key));
    }

    private static readonly Operation PutIntegration =
        new Operation(nameof(PutIntegration), "Makes an integration, or its next version when something changes.", Audience.Editor)
        .Json<IntegrationBody>(nameof(IntegrationBody)).Stores<Integration, IntegrationWarnings>("StoredIntegration").Problem(409);

    [Function(nameof(PutIntegration))]
    public async Task<IActionResult> Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = Route)] HttpRequest request, string integration,
        CancellationToken cancellationToken)
    {
        var ask = new ApiRequest(request, PutIntegration);
        var id = ask.Id<IntegrationId>(integration, "integration");
        var body = await ask.JsonAsync<IntegrationBody>(cancellationToken);
        return await Edit(ask, id, integration, cancellationToken).PutAsync(
            body is null ? null : before => body.ToIntegration(id, before?.Version ?? 0),
            (after, _) => check.FindToStoreAsync(after, cancellationToken),
            async (after, stored) => Written.OrLost(await dimensions.TryCreateAsync(after, cancellationToken)
                ? await integrations.TryWriteAsync(after, stored, cancellationToken) : null),
            (after, made, warnings) => Answer.Stored(
                made, after, JsonMembers.Of(after, new IntegrationWarnings(warnings)), $"/integrations/{id}"));
    }

    private static readonly Operation DeleteIntegration =
        new Operation(nameof(DeleteIntegration), "Deletes an integration; runs that were admitted go on.", Audience.Editor);

    /// <summary>Runs that were admitted keep the version that they were admitted with.</summary>
    [Function(nameof(DeleteIntegration))]
    public async Task<IActionResult> Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Route)] HttpRequest request, string integration,
        CancellationToken cancellationToken)
    {
        var ask = new ApiRequest(request, DeleteIntegration);
        var id = ask.Id<IntegrationId>(integration, "integration");
        return await Edit(ask, id, integration, cancellationToken)
            .DeleteAsync(stored => integrations.TryDeleteAsync(stored, cancellationToken));
    }

    private Edit<Stored<Integration>, Integration> Edit(
        ApiRequest ask, IntegrationId id, string integration, CancellationToken cancellationToken) =>
        new(ask, "integration", integration)
        { Load = () => integrations.GetAsync(id, cancellationToken), Shown = stored => stored.Value };

    // The newest comes first, so the key that pages go by counts down.
    private static string Key(Integration version) =>
        (int.MaxValue - version.Version).ToString("D10", System.Globalization.CultureInfo.InvariantCulture);
}
