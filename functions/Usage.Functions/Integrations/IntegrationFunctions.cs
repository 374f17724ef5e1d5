using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Functions.Http;
using Usage.Functions.Http.Errors;
using Usage.Storage.Integrations;

namespace Usage.Functions.Integrations;

public sealed class IntegrationFunctions(IntegrationStore integrations, IntegrationCheck check, IntegrationWriter writer)
{
    private const string Route = "integrations/{integration}";

    [Function("ListIntegrations")]
    public async Task<IActionResult> List(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "integrations")] HttpRequest request, CancellationToken cancel)
    {
        var ask = new ApiRequest(request, "top", "after");
        var page = ask.Page();
        if (ask.Problem is { } problem) return problem;
        return Answer.Ok(page.Of(await integrations.ListAsync(cancel), integration => integration.Id.Value));
    }

    [Function("GetIntegration")]
    public async Task<IActionResult> Get(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = Route)] HttpRequest request, string integration, CancellationToken cancel)
    {
        var ask = new ApiRequest(request);
        var id = ask.Id<IntegrationId>(integration, "integration");
        if (ask.Problem is { } problem) return problem;
        return Answer.Found((await integrations.GetAsync(id, cancel))?.Value, "integration", integration);
    }

    [Function("ListIntegrationVersions")]
    public async Task<IActionResult> Versions(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = Route + "/versions")] HttpRequest request, string integration,
        CancellationToken cancel)
    {
        var ask = new ApiRequest(request, "top", "after");
        var id = ask.Id<IntegrationId>(integration, "integration");
        var page = ask.Page();
        if (ask.Problem is { } problem) return problem;
        var versions = await integrations.ListVersionsAsync(id, cancel);
        return versions.Count == 0 ? ProblemAnswer.NotFound("integration", integration) : Answer.Ok(page.Of(versions, Key));
    }

    [Function("PutIntegration")]
    public async Task<IActionResult> Put(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = Route)] HttpRequest request, string integration, CancellationToken cancel)
    {
        var ask = new ApiRequest(request);
        var id = ask.Id<IntegrationId>(integration, "integration");
        var body = await ask.JsonAsync<IntegrationBody>(cancel);
        if (ask.Judge(body is null ? [] : await check.FindToStoreAsync(body.ToIntegration(id), cancel)) is { } problem) return problem;
        return await Optimistic.PutAsync(
            ask, () => integrations.GetAsync(id, cancel), stored => stored.Value,
            before => writer.WriteAsync(body!.ToIntegration(id), before, cancel));
    }

    /// <summary>Runs that were admitted keep the version that they were admitted with.</summary>
    [Function("DeleteIntegration")]
    public async Task<IActionResult> Delete(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = Route)] HttpRequest request, string integration,
        CancellationToken cancel)
    {
        var ask = new ApiRequest(request);
        var id = ask.Id<IntegrationId>(integration, "integration");
        if (ask.Problem is { } problem) return problem;
        return await Optimistic.DeleteAsync(
            ask, () => integrations.GetAsync(id, cancel), stored => stored.Value, ProblemAnswer.NotFound("integration", integration),
            async before => await integrations.TryDeleteAsync(before, cancel) ? Answer.Nothing() : null);
    }

    // The newest comes first, so the key that pages go by counts down.
    private static string Key(Integration version) =>
        (int.MaxValue - version.Version).ToString("D10", System.Globalization.CultureInfo.InvariantCulture);
}
