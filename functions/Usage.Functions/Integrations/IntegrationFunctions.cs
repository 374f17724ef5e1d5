using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Usage.Core.Integrations;
using Usage.Functions.Http;
using Usage.Storage.Integrations;

namespace Usage.Functions.Integrations;

public sealed class IntegrationFunctions(IntegrationStore integrations, IntegrationWriter writer)
{
    private const string Route = "integrations/{integration}";

    [Function("ListIntegrations")]
    public async Task<IActionResult> List([HttpTrigger(AuthorizationLevel.Function, "get", Route = "integrations")] HttpRequest request, CancellationToken cancel)
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
        return await integrations.GetAsync(id, cancel) is { } found ? Answer.Tagged(found.Value) : ProblemAnswer.NotFound("integration", integration);
    }

    [Function("ListIntegrationVersions")]
    public async Task<IActionResult> Versions(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = Route + "/versions")] HttpRequest request, string integration, CancellationToken cancel)
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
        if (ask.Problem is { } problem) return problem;
        return await Optimistic.RunAsync(() => writer.WriteAsync(body!.ToIntegration(id), ask.Preconditions, cancel));
    }

    /// <summary>Runs that were admitted keep the version that they were admitted with.</summary>
    [Function("DeleteIntegration")]
    public async Task<IActionResult> Delete(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = Route)] HttpRequest request, string integration, CancellationToken cancel)
    {
        var ask = new ApiRequest(request);
        var id = ask.Id<IntegrationId>(integration, "integration");
        if (ask.Problem is { } problem) return problem;
        return await Optimistic.RunAsync(async () =>
        {
            var before = await integrations.GetAsync(id, cancel);
            if (ask.Preconditions.Check(before is null ? null : EntityTag.Of(before.Value)) is { } failed) return failed;
            if (before is null) return ProblemAnswer.NotFound("integration", integration);
            return await integrations.TryDeleteAsync(before, cancel) ? Answer.Nothing() : null;
        });
    }

    // The newest comes first, so the key that pages go by counts down.
    private static string Key(Integration version) => (int.MaxValue - version.Version).ToString("D10", System.Globalization.CultureInfo.InvariantCulture);
}
