using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Usage.Core.Access;
using Usage.Core.Ids;
using Usage.Core.Outbound;
using Usage.Functions.Http;
using Usage.Functions.Http.Errors;
using Usage.Storage.Integrations;
using Usage.Storage.Pulls;

namespace Usage.Functions.Pulls;

public sealed class PullFunctions(IntegrationStore integrations, PullStore pulls, PullStarter starter)
{
    private const string Route = "api/integrations/{integration}/pull";

    public sealed record Accepted(PullStatus Status);

    private static readonly Operation PullIntegration =
        new Operation(nameof(PullIntegration), "Pulls the integration's source now.", Audience.Editor)
        .Answers<PullFunctions.Accepted>("PullAccepted", 202, "It is being pulled.").Problem(409);

    /// <summary>Pulls now, whatever the schedule says. A file that hasn't changed since the last pull (304) starts no run.</summary>
    [Function(nameof(PullIntegration))]
    public async Task<IActionResult> Post(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest http,
        string integration, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, PullIntegration);
        // Nothing is written under the id: one that can't be is unknown.
        if (!IntegrationId.TryParse(integration, out var id)) return request.Problem ?? ProblemAnswer.NotFound("integration", integration);
        if (request.Problem is { } problem) return problem;
        if (await integrations.GetAsync(id, cancellationToken) is not { } found) return ProblemAnswer.NotFound("integration", integration);
        if (found.Value.Source is null) return NoSource(id);
        return Answer.Accepted(new Accepted(await starter.StartNowAsync(client, id, cancellationToken)), $"/integrations/{id}/pull");
    }

    private static readonly Operation GetPull = new Operation(nameof(GetPull), "How the last pull went.", Audience.Reader)
        .Answers<PullState>("Pull");

    /// <summary>How the last pull went.</summary>
    [Function(nameof(GetPull))]
    public async Task<IActionResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest http, string integration,
        CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, GetPull);
        var id = request.Id<IntegrationId>(integration, "integration");
        if (request.Problem is { } problem) return problem;
        if (await integrations.GetAsync(id, cancellationToken) is null) return ProblemAnswer.NotFound("integration", integration);
        return Answer.Ok((await pulls.FindAsync(id, cancellationToken))?.State ?? new PullState { Status = PullStatus.Never });
    }

    private static ProblemAnswer NoSource(IntegrationId id) => ProblemAnswer.Conflict(new ApiError(
        "no-source", "", $"The integration \"{id}\" has no source: PUT /api/integrations/{id} with a source of url and schedule first."));
}
