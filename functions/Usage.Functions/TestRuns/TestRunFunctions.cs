using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Usage.Core.Access;
using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Functions.Http;
using Usage.Functions.Http.Errors;
using Usage.Functions.Runs;
using Usage.Storage.Imports;
using Usage.Storage.Imports.Writing;
using Usage.Storage.Runs;

namespace Usage.Functions.TestRuns;

public sealed class TestRunFunctions(RunStore runs, RunFiles files, RunList list)
{
    private static readonly Operation ListTestRuns = new Operation(nameof(ListTestRuns), "Test runs, the newest first.", Audience.Reader)
        .AlsoDroppers()
        .With("integration", "status", "count").Paged().Answers<Page<Run>>("RunPage");

    [Function(nameof(ListTestRuns))]
    public async Task<IActionResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/test-runs")] HttpRequest http,
        CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, ListTestRuns);
        var filter = new RunFilter(RunKind.Test, request.QueryId<IntegrationId>("integration"), request.AnyOf<RunStatus>("status"));
        return await list.AnswerAsync(request, filter, cancellationToken);
    }

    private static readonly Operation GetTestRun =
        new Operation(nameof(GetTestRun), "A test run with what it would change.", Audience.Reader).AlsoDroppers()
        .Shows<Run, TestResult>("TestRun");

    [Function(nameof(GetTestRun))]
    public async Task<IActionResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/test-runs/{run}")] HttpRequest http, string run,
        CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, GetTestRun);
        var id = request.Id<RunId>(run, "test run");
        if (request.Problem is { } problem) return problem;
        if (await runs.FindAsync(id, cancellationToken) is not { Run.Kind: RunKind.Test } found)
            return ProblemAnswer.NotFound("test run", run);
        var result = found.Run.HasEnded() ? await files.FindResultAsync(id, cancellationToken) : null;
        if (!request.Caller.SeesRawRows) result = result is null ? null : result with { Preview = [] };
        var answer = Answer.Tagged(JsonMembers.Of(found.Run, result ?? TestResult.Empty));
        // Who asks again and again, by the tag, is sent the rows once.
        if (request.Caller.SeesRawRows && result is not null && !request.Preconditions.HasAlready(answer.Tag!))
            request.Trail?.ShowsRawRows();
        return answer;
    }
}
