using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Usage.Core;
using Usage.Core.Integrations;
using Usage.Core.Runs;
using Usage.Functions.Http;
using Usage.Functions.Imports.Steps;
using Usage.Functions.Runs;
using Usage.Storage.Runs;

namespace Usage.Functions.TestRuns;

public sealed class TestRunFunctions(RunStore runs, RunBlobs blobs, RunList list)
{
    [Function("ListTestRuns")]
    public async Task<IActionResult> List([HttpTrigger(AuthorizationLevel.Function, "get", Route = "test-runs")] HttpRequest request, CancellationToken cancel)
    {
        var ask = new ApiRequest(request, "integration", "status", "top", "after");
        var filter = new RunFilter(RunKind.Test, ask.QueryId<IntegrationId>("integration"), ask.OneOf<RunStatus>("status"));
        return await list.AnswerAsync(ask, filter, cancel);
    }

    [Function("GetTestRun")]
    public async Task<IActionResult> Get(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "test-runs/{run}")] HttpRequest request, string run, CancellationToken cancel)
    {
        var ask = new ApiRequest(request);
        var id = ask.Id<RunId>(run, "test run");
        if (ask.Problem is { } problem) return problem;
        if (await runs.FindAsync(id, cancel) is not { Run.Kind: RunKind.Test } found) return ProblemAnswer.NotFound("test run", run);
        return Answer.Ok(Whole(found.Run, await ResultAsync(found.Run, cancel)));
    }

    private async Task<TestResult> ResultAsync(Run run, CancellationToken cancel) =>
        run.HasEnded() && await blobs.ExistsAsync(run.Id, RunBlobs.Result, cancel)
            ? await blobs.LoadJsonAsync<TestResult>(run.Id, RunBlobs.Result, cancel)
            : new TestResult(new Changes(0, 0, 0), []);

    /// <summary>All that a run answers, and what only a test run has.</summary>
    private static Dictionary<string, JsonElement> Whole(Run run, TestResult result)
    {
        var members = new Dictionary<string, JsonElement>();
        foreach (var member in JsonSerializer.SerializeToElement(run, CoreJson.Options).EnumerateObject()) members[member.Name] = member.Value;
        members["changes"] = JsonSerializer.SerializeToElement(result.Changes, CoreJson.Options);
        members["preview"] = JsonSerializer.SerializeToElement(result.Preview, CoreJson.Options);
        return members;
    }
}
