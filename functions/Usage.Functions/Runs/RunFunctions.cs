using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Usage.Core.Access;
using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Functions.Http;
using Usage.Functions.Http.Errors;
using Usage.Storage.Runs;

namespace Usage.Functions.Runs;

public sealed class RunFunctions(RunStore runs, RunList list, MendedRuns mended)
{
    private static readonly Operation ListRuns = new Operation(nameof(ListRuns), "Runs, the newest first.", Audience.Reader).AlsoDroppers()
        .With("integration", "status", "kind").Paged().Answers<Page<Run>>("RunPage");

    [Function(nameof(ListRuns))]
    public async Task<IActionResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "runs")] HttpRequest request, CancellationToken cancellationToken)
    {
        var ask = new ApiRequest(request, ListRuns);
        var filter = new RunFilter(ask.OneOf<RunKind>("kind"), ask.QueryId<IntegrationId>("integration"), ask.OneOf<RunStatus>("status"));
        return await list.AnswerAsync(ask, filter, cancellationToken);
    }

    private static readonly Operation GetRun = new Operation(nameof(GetRun), "A run.", Audience.Reader).AlsoDroppers().Shows<Run>("Run");

    [Function(nameof(GetRun))]
    public async Task<IActionResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "runs/{run}")] HttpRequest request, string run,
        CancellationToken cancellationToken)
    {
        var ask = new ApiRequest(request, GetRun);
        var id = ask.Id<RunId>(run, "run");
        if (ask.Problem is { } problem) return problem;
        return await runs.FindAsync(id, cancellationToken) is { } found
            ? Answer.Tagged(ask.Shown(await mended.OfAsync(found.Run, cancellationToken))) : ProblemAnswer.NotFound("run", run);
    }
}
