using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Usage.Core.Access;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Problems;
using Usage.Functions.Http;
using Usage.Functions.Http.Errors;
using Usage.Functions.Runs;
using Usage.Storage.Documents;
using Usage.Storage.Integrations;
using Usage.Storage.Products;

namespace Usage.Functions.Integrations;

public sealed class IntegrationFunctions(
    IntegrationStore integrations, ProductStore products, IntegrationCheck check, MissingDimensions dimensions, RunUse runs)
{
    private const string Route = "api/integrations/{integration}";

    private static readonly Operation ListIntegrations = new Operation(nameof(ListIntegrations), "All integrations.", Audience.Reader)
        .Paged().Answers<Page<Integration>>("IntegrationPage");

    [Function(nameof(ListIntegrations))]
    public async Task<IActionResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/integrations")] HttpRequest http,
        CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, ListIntegrations);
        var page = request.Page();
        if (request.Problem is { } problem) return problem;
        return Answer.Ok(page.Of(await integrations.ListAsync(cancellationToken), integration => integration.Id.Value));
    }

    private static readonly Operation GetIntegration =
        new Operation(nameof(GetIntegration), "An integration as it is now.", Audience.Reader)
        .Shows<Integration>("Integration");

    [Function(nameof(GetIntegration))]
    public async Task<IActionResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest http, string integration,
        CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, GetIntegration);
        var id = request.Id<IntegrationId>(integration, "integration");
        if (request.Problem is { } problem) return problem;
        return Answer.Found((await integrations.GetAsync(id, cancellationToken))?.Value, "integration", integration);
    }

    private static readonly Operation ListIntegrationVersions =
        new Operation(nameof(ListIntegrationVersions), "All versions of an integration, the newest first.", Audience.Reader)
        .Paged().Answers<Page<Integration>>("IntegrationPage");

    [Function(nameof(ListIntegrationVersions))]
    public async Task<IActionResult> Versions(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route + "/versions")] HttpRequest http, string integration,
        CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, ListIntegrationVersions);
        var id = request.Id<IntegrationId>(integration, "integration");
        var page = request.Page();
        if (request.Problem is { } problem) return problem;
        var versions = await integrations.ListVersionsAsync(id, cancellationToken);
        return versions.Count == 0 ? ProblemAnswer.NotFound("integration", integration) : Answer.Ok(page.Of(versions, Key));
    }

    private static readonly Operation PutIntegration =
        new Operation(nameof(PutIntegration), "Makes an integration, or its next version when something changes.", Audience.Editor)
        .With("validate").Json<IntegrationBody>(nameof(IntegrationBody))
        .Stores<Integration, IntegrationWarnings>("StoredIntegration").Problem(409);

    [Function(nameof(PutIntegration))]
    public async Task<IActionResult> Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = Route)] HttpRequest http, string integration,
        CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, PutIntegration);
        var id = request.Id<IntegrationId>(integration, "integration");
        var validate = request.Flag("validate");
        var body = await request.JsonAsync<IntegrationBody>(cancellationToken);
        var answer = await Edit(request, id, integration, cancellationToken).PutAsync(
            body is null ? null : before => body.ToIntegration(id, before?.Version ?? 0),
            (after, _) => check.FindToStoreAsync(after, cancellationToken),
            async (after, stored) => Written.OrLost(
                validate ? after with { By = null, At = null } : await WriteAsync(after, stored, cancellationToken)),
            (after, made, warnings) => Answer.Stored(
                made && !validate, after, JsonMembers.Of(after, new IntegrationWarnings(warnings)), $"/integrations/{id}"));
        if (validate) LeaveUnchanged(request, id);
        return answer;
    }

    /// <summary>The audit has that it was asked for, and no change.</summary>
    private static void LeaveUnchanged(ApiRequest request, IntegrationId id)
    {
        request.Trail?.Changes<Integration>(null, null);
        if (request.Trail is { } trail) trail.Resource = $"integrations/{id}?validate=true";
    }

    private static readonly Operation DeleteIntegration =
        new Operation(nameof(DeleteIntegration), "Deletes an integration that no run reads its file by.", Audience.Editor)
        .Problem(409);

    [Function(nameof(DeleteIntegration))]
    public async Task<IActionResult> Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Route)] HttpRequest http, string integration,
        CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, DeleteIntegration);
        var id = request.Id<IntegrationId>(integration, "integration");
        return await Edit(request, id, integration, cancellationToken)
            .DeleteAsync(
                stored => integrations.TryDeleteAsync(stored, cancellationToken),
                _ => runs.OfIntegrationAsync(id, "integration", cancellationToken));
    }

    /// <summary>Writes it and looks again: what it refers to may have been deleted meanwhile, and then it is taken back.</summary>
    /// <returns>Null: begin again.</returns>
    private async Task<Integration?> WriteAsync(Integration after, Stored<Integration>? stored, CancellationToken cancellationToken)
    {
        if (!await dimensions.TryCreateAsync(after, cancellationToken)) return null;
        if (await integrations.TryWriteAsync(after, stored, cancellationToken) is not { } written) return null;
        await products.TouchAsync(written.Products.Select(mapping => mapping.Product), cancellationToken);
        var found = await check.FindAsync(written, cancellationToken);
        if (found.All(problem => problem.Kind == ProblemKind.Warning)) return written;
        await integrations.TakeBackAsync(written, stored, cancellationToken);
        return null;
    }

    private Edit<Stored<Integration>, Integration> Edit(
        ApiRequest request, IntegrationId id, string integration, CancellationToken cancellationToken) =>
        new(request, "integration", integration)
        { Load = () => integrations.GetAsync(id, cancellationToken), Shown = stored => stored.Value };

    // The newest comes first, so the key that pages go by counts down.
    private static string Key(Integration version) =>
        (int.MaxValue - version.Version).ToString("D10", System.Globalization.CultureInfo.InvariantCulture);
}
