using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Usage.Core.Access;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Integrations.Rules;
using Usage.Core.Problems;
using Usage.Core.Runs;
using Usage.Functions.Access;
using Usage.Functions.Http;
using Usage.Functions.Http.Errors;
using Usage.Functions.Imports.Admission;
using Usage.Functions.Runs;
using Usage.Functions.Settings;
using Usage.Storage.Imports;
using Usage.Storage.Integrations;
using Usage.Storage.Products;

namespace Usage.Functions.Mending;

/// <summary>Imports a run's file anew, by any version of its integration, with the file's arrival.</summary>
public sealed class AgainFunction(
    Parents parents, RunFiles files, SourceFiles sources, IntegrationStore integrations, ProductStore products,
    FollowUps followUps, WorkLimits limits, UsageOptions options)
{
    private static readonly Operation ImportAgain =
        new Operation(nameof(ImportAgain), "Imports the file of a run anew, with its arrival.", Audience.Editor)
        .Json<AgainBody>(nameof(AgainBody)).Answers<RunReference>("RunReference", 202, "The import is queued.").Problem(409);

    [Function(nameof(ImportAgain))]
    public async Task<IActionResult> Again(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/runs/{run}/again")] HttpRequest http, string run,
        [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, ImportAgain);
        var body = http.ContentLength == 0 ? new AgainBody() : await request.JsonAsync<AgainBody>(cancellationToken);
        var found = RunId.TryParse(run, out var id) ? await parents.FindAsync(id, cancellationToken) : null;
        if (found is null) return request.Problem ?? ProblemAnswer.NotFound("run", run);
        if (request.Problem is { } problem) return problem;
        if (found.Run is not { Kind: RunKind.Import, Integration: { } integration })
            return ProblemAnswer.Conflict(new ApiError("no-import", "run", $"Run {found.Run.Id} has imported no file."));
        if (!found.Run.HasEnded())
            return ProblemAnswer.Conflict(new ApiError("not-ended", "run", $"Run {found.Run.Id} hasn't ended: wait until it has."));
        if (found.Pinned is null || !await sources.ExistsAsync(found.Content, cancellationToken))
            return ProblemAnswer.Conflict(new ApiError(
                "details-gone", "run",
                $"The file of run {found.Run.Id} isn't kept (any more; Usage__Upkeep__RunDetailDays says for how many days it is)."));
        if (await FindAsync(integration, body!.Version, cancellationToken) is not { } version)
            return body.Version is { } wanted
                ? ProblemAnswer.NotFound("version", $"{wanted}") : ProblemAnswer.NotFound("integration", integration.Value);
        var known = await products.MapAsync(cancellationToken);
        var wrong = IntegrationRules.Validate(version, known).Where(one => one.Kind != ProblemKind.Warning).ToList();
        if (wrong.Count > 0)
        {
            var error = AdmissionErrors.NotReady(version, wrong);
            return ProblemAnswer.Conflict(error, "version");
        }

        var mapping = ImportMappings.Pin(version, known, found.Drop!.Origin(), found.Run.ArrivedAt, options.GetZone());
        using var place = await limits.QueueAsync(integration, cancellationToken);
        if (place.Refusal is { } full) return full;
        var again = await followUps.StartAsync(
            client,
            new FollowUps.Wanted(RunKind.Import, request.Caller.Name, integration, version.Version) { Parent = found, ReadsParent = true },
            (started, cancellationToken) => files.AddMappingAsync(started, mapping, cancellationToken), cancellationToken);
        return Answer.Accepted(new RunReference(again, RunStatus.Queued), $"/runs/{again}");
    }

    /// <param name="version">Null: the one that is stored now.</param>
    private async Task<Integration?> FindAsync(IntegrationId id, int? version, CancellationToken cancellationToken) => version is { } wanted
        ? (await integrations.ListVersionsAsync(id, cancellationToken)).FirstOrDefault(one => one.Version == wanted)
        : (await integrations.GetAsync(id, cancellationToken))?.Value;
}

public sealed record AgainBody
{
    /// <summary>Of the integration; null: the latest.</summary>
    public int? Version { get; init; }
}
