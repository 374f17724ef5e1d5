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
        .With("integration", "status").Paged().Answers<Page<Run>>("RunPage");

    [Function(nameof(ListTestRuns))]
    public async Task<IActionResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/test-runs")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var ask = new ApiRequest(request, ListTestRuns);
        var filter = new RunFilter(RunKind.Test, ask.QueryId<IntegrationId>("integration"), ask.AnyOf<RunStatus>("status"));
        return await list.AnswerAsync(ask, filter, cancellationToken);
    }

    private static readonly Operation GetTestRun =
        new Operation(nameof(GetTestRun), "A test run with what it would change.", Audience.Reader).AlsoDroppers()
        .Shows<Run, TestResult>("TestRun");

    [Function(nameof(GetTestRun))]
    public async Task<IActionResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/test-runs/{run}")] HttpRequest request, string run,
        CancellationToken cancellationToken)
    {
        var ask = new ApiRequest(request, GetTestRun);
        var id = ask.Id<RunId>(run, "test run");
        if (ask.Problem is { } problem) return problem;
        if (await runs.FindAsync(id, cancellationToken) is not { Run.Kind: RunKind.Test } found)
            return ProblemAnswer.NotFound("test run", run);
        var result = found.Run.HasEnded() ? await files.FindResultAsync(id, cancellationToken) : null;
        if (!ask.Caller.SeesRawRows) result = result is null ? null : result with { Preview = [] };
        var answer = Answer.Tagged(JsonMembers.Of(found.Run, result ?? TestResult.Empty));
        // Who asks again and again, by the tag, is sent the rows once.
        if (ask.Caller.SeesRawRows && result is not null && !ask.Preconditions.HasAlready(answer.Tag!)) ask.Trail?.ShowsRawRows();
        return answer;
    }
}
