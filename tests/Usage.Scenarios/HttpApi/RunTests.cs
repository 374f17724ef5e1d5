using System.Text.Json;
using Usage.Scenarios.App;

namespace Usage.Scenarios.HttpApi;

/// <summary>A run's record, member by member.</summary>
[Collection(SharedApp.Name)]
public sealed class RunTests(AppFixture app)
{
    private static readonly string[] Run =
    [
        "id", "integration", "version", "kind", "blob", "sha256", "status", "by", "arrivedAt", "startedAt", "completedAt",
        "progress", "timeline", "rows",
        "matched", "snapshots", "values", "changes", "dates", "issues", "ignored", "parent", "children", "mended",
        "undoneBy", "duplicateOf", "error",
    ];

    [Fact]
    public async Task Run_has_these_members_and_no_other()
    {
        var set = await UsageSet.MakeAsync(app);
        var csv = $"id,day,mau,plan,active\n{set.Product}-0,2024-01-15,N/A,Pro,true\n{set.Product}-9,2024-01-15,1,,\n";
        var run = await app.Api.ImportAsync(set.Product, "folder/bad name ü.csv", csv);
        Holds(run, Run);
        Holds(run.GetProperty("progress"), "stage", "done", "total", "rows", "rowsTotal", "perSecond", "remainingSeconds",
            "ahead");
        Assert.Equal(
            ["waiting", "reading", "writing", "finishing"],
            run.GetProperty("timeline").EnumerateArray().Select(step => Text(step, "stage")));
        Holds(run.GetProperty("timeline")[0], "stage", "startedAt", "endedAt", "rows");
        Assert.Equal(2, run.GetProperty("timeline")[1].GetProperty("rows").GetInt32());
        Holds(run.GetProperty("rows"), "read", "recorded", "partial", "unmatched", "ambiguous", "invalid", "empty", "superseded");
        Holds(run.GetProperty("dates")[0], "product", "date", "snapshots", "why");
        Holds(run.GetProperty("issues")[0], "code", "severity", "count", "samples");
        Holds(run.GetProperty("issues")[0].GetProperty("samples")[0], "row", "column", "found", "message");
        Assert.Equal(("import", $"{set.Product}/folder/bad name ü.csv", "done"),
            (Text(run, "kind"), Text(run, "blob"), Text(run.GetProperty("progress"), "stage")));
        Assert.All(new[] { "arrivedAt", "startedAt", "completedAt" }, member => Assert.EndsWith("Z", Text(run, member)));
        var listed = (await app.Api.GetAsync($"runs?integration={set.Product}")).GetProperty("items").EnumerateArray();
        Assert.Equal(run.GetRawText(), Assert.Single(listed, item => Text(item, "id") == Text(run, "id")).GetRawText());

        var failed = await app.Api.ImportAsync(set.Product, "empty.csv", "\n");
        Holds(failed, Run);
        Holds(failed.GetProperty("error"), "code", "message");
        Assert.Equal(("failed", JsonValueKind.Null), (Text(failed, "status"), failed.GetProperty("duplicateOf").ValueKind));
    }

    [Fact]
    public async Task Test_run_has_these_and_what_it_would_change()
    {
        var set = await UsageSet.MakeAsync(app);
        var (_, started) = await app.Api.PostAsync(
            $"test-runs?integration={set.Product}", $"id,day,mau,plan,active\n{set.Product}-0,2024-01-15,N/A,Pro,true\n");
        Holds(started, "runId", "status");
        var test = await Api.UntilAsync(
            async () => await app.Api.GetAsync($"test-runs/{Text(started, "runId")}"),
            run => Text(run, "status") is not ("queued" or "running"));
        Holds(test, [.. Run, "preview"]);
        Holds(test.GetProperty("changes"), "new", "changed", "unchanged", "removed");
        var row = Assert.Single(test.GetProperty("preview").EnumerateArray());
        Holds(row, "row", "outcome", "account", "snapshots", "issues");
        Holds(row.GetProperty("account"), "id", "name", "matchedBy");
        Holds(row.GetProperty("snapshots")[0], "product", "date", "values");
        Holds(row.GetProperty("snapshots")[0].GetProperty("values").GetProperty("plan"), "new", "old");
        Holds(row.GetProperty("issues")[0], "code", "column", "found", "message");
        Assert.Equal(("test", JsonValueKind.Null), (Text(test, "kind"), test.GetProperty("blob").ValueKind));
    }

    [Fact]
    public async Task Only_a_run_that_is_there_and_has_not_ended_is_cancelled()
    {
        var ended = (await UsageSet.MakeAsync(app)).Run;
        var answer = (await ApiCall.SendAsync(app.Api.Http, "POST", $"runs/{ended}/cancel")).Is(409);
        Assert.Equal(["ended run"], answer.Errors);
        (await ApiCall.SendAsync(app.Api.Http, "POST", "runs/20260101T000000-0123456789ab/cancel")).Is(404);
    }

    private static void Holds(JsonElement value, params string[] members) =>
        Assert.Equal(members, value.EnumerateObject().Select(member => member.Name));

    private static string Text(JsonElement value, string member) => value.GetProperty(member).GetString()!;
}
