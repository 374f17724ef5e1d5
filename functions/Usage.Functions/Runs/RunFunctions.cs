using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Usage.Core.Access;
using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Functions.Http;
using Usage.Functions.Http.Errors;
using Usage.Functions.Settings;
using Usage.Storage.Runs;

namespace Usage.Functions.Runs;

public sealed class RunFunctions(RunStore runs, RunList list, MendedRuns mended, QueuedRuns queue, UsageOptions options)
{
    private static readonly Operation ListRuns = new Operation(nameof(ListRuns), "Runs, the newest first.", Audience.Reader).AlsoDroppers()
        .With("integration", "status", "kind", "from", "to", "count").WithTexts("by", "search").Paged().Answers<Page<Run>>("RunPage");

    [Function(nameof(ListRuns))]
    public async Task<IActionResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/runs")] HttpRequest http, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, ListRuns);
        var filter = new RunFilter(
            request.OneOf<RunKind>("kind"), request.QueryId<IntegrationId>("integration"), request.AnyOf<RunStatus>("status"))
        {
            By = request.Text("by"),
            From = StartOf(request.Date("from")),
            To = StartOf(request.Date("to")?.AddDays(1)),
            Search = request.Text("search")?.Trim() is { Length: > 0 } text ? text : null,
        };
        return await list.AnswerAsync(request, filter, cancellationToken);
    }

    private static readonly Operation GetRun = new Operation(nameof(GetRun), "A run.", Audience.Reader).AlsoDroppers().Shows<Run>("Run");

    [Function(nameof(GetRun))]
    public async Task<IActionResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/runs/{run}")] HttpRequest http, string run,
        CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, GetRun);
        var id = request.Id<RunId>(run, "run");
        if (request.Problem is { } problem) return problem;
        return await runs.FindAsync(id, cancellationToken) is { } found
            ? Answer.Tagged(await mended.OfAsync(await WithAheadAsync(found, cancellationToken), cancellationToken))
            : ProblemAnswer.NotFound("run", run);
    }

    private async Task<Run> WithAheadAsync(StoredRun found, CancellationToken cancellationToken)
    {
        var run = found.Run;
        if (run.Status != RunStatus.Queued || run.Integration is not { } integration || found.Drop is null) return run;
        var before = await queue.BeforeAsync(integration, found.Queued(), cancellationToken);
        return run with { Progress = run.Progress with { Ahead = before.Count } };
    }

    /// <summary>Dates of a list are those of the app's time zone, as its page shows them.</summary>
    private DateTimeOffset? StartOf(DateOnly? date)
    {
        if (date is not { } day) return null;
        var (start, zone) = (day.ToDateTime(TimeOnly.MinValue), options.GetZone());
        return new DateTimeOffset(start, zone.GetUtcOffset(start));
    }
}
