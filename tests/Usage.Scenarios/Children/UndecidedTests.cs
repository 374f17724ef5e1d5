using Usage.Scenarios.App;

namespace Usage.Scenarios.Children;

/// <summary>Fixes of runs whose file couldn't be planned, since what its dates, numbers or words mean was open.</summary>
[Collection(SharedApp.Name)]
public sealed class UndecidedTests(AppFixture app) : ChildSteps(app)
{
    private const string Csv =
        "id,day,mau,plan\nNAME-a,03/04/2024,100,Pro\nNAME-b,05/06/2024,N/A,Max\nX-1,05/06/2024,7,\n";

    [Fact]
    public async Task A_fix_of_an_undecided_run_takes_the_whole_file_by_what_its_mends_prove()
    {
        var (name, parent) = await MakeAsync(csv: Csv);
        Assert.Equal(("failed", "date-order-undecided", 0), (Text(parent, "status"), Error(parent), Rows(parent, "read")));
        var fixes = $"runs/{Id(parent)}/fixes";

        Assert.Equal(["out-of-range rows[0].row"], (await PostAsync(fixes, Day(4, "15/04/2024"))).Is(400).Errors);
        var open = (await PostAsync($"{fixes}?preview=true", Rule)).Is(200).Json;
        Assert.Equal((0, "date-order-undecided"), (Number(open, "rows"), Error(open)));
        var still = await EndAsync(await PostAsync(fixes, Rule));
        Assert.Equal(("fix", "failed", "date-order-undecided"), (Text(still, "kind"), Text(still, "status"), Error(still)));

        var preview = (await PostAsync($"{fixes}?preview=true", Day(1, "15/04/2024"))).Is(200).Json;
        Assert.Equal((2, 2, 3), (Number(preview, "rows"), Number(preview, "dates"), Number(preview, "values")));
        Assert.Equal("", await UsageAsync($"{name}-a"));
        // Of a fix that was no better, the run is still the parent.
        var fix = await EndAsync(await PostAsync($"runs/{Id(still)}/fixes", Day(1, "15/04/2024")));
        Assert.Equal(("fix", "partiallySucceeded", Id(parent), Text(parent, "arrivedAt"), 1), (
            Text(fix, "kind"), Text(fix, "status"), Text(fix, "parent"), Text(fix, "arrivedAt"), Number(fix, "version")));
        Assert.Equal((3, 1, 1, 1), (Rows(fix, "read"), Rows(fix, "recorded"), Rows(fix, "partial"), Rows(fix, "unmatched")));
        Assert.Equal(("100 \"Pro\"", "\"Max\""), (await UsageAsync($"{name}-a"), await UsageAsync($"{name}-b")));
        var after = await RunAsync(Id(parent));
        Assert.Equal((2, 3), Mended(after));
        Assert.Equal([Id(still), Id(fix)], Texts(after, "children"));
        var explained = await App.Api.GetAsync($"explain?account={name}-a&product={name}&date=2024-04-01&dimension=mau");
        Assert.Equal((Id(fix), 1, "100", $"{name}/first.csv"),
            (Text(explained, "run"), Number(explained, "row"), Text(explained, "text"), Text(explained, "file")));
        var rows = (await GetAsync($"runs/{Id(fix)}/rows?top=1")).Is(200).Json.GetProperty("items");
        Assert.Equal("15/04/2024", Text(rows[0].GetProperty("cells"), "day"));
        Assert.Contains("03/04/2024", (await GetAsync($"runs/{Id(fix)}/file")).Is(200).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Further_fixes_and_replays_follow_from_the_fix_until_it_is_undone()
    {
        var (name, parent) = await MakeAsync(csv: Csv);
        var fix = await EndAsync(await PostAsync($"runs/{Id(parent)}/fixes", Day(1, "15/04/2024")));

        var second = await EndAsync(await PostAsync($"runs/{Id(parent)}/fixes", Rule));
        Assert.Equal((Id(fix), "succeeded", 1), (Text(second, "parent"), Text(second, "status"), Rows(second, "read")));
        Assert.Equal("5 \"Max\"", await UsageAsync($"{name}-b"));
        var resolution = $$$"""{"integration":"{{{name}}}","by":"crmId","key":"x-1","account":"{{{name}}}-a"}""";
        var replay = await App.Api.EndOfAsync(Assert.Single(
            Texts((await PostAsync("unmatched/resolve", resolution)).Is(202).Json, "runs")));
        Assert.Equal((Id(fix), "succeeded"), (Text(replay, "parent"), Text(replay, "status")));
        Assert.Equal("7 | 100 \"Pro\"", await UsageAsync($"{name}-a"));
        Assert.Equal((3, 5), Mended(await RunAsync(Id(parent))));

        // What is dropped once more is as undecided as before: no duplicate of what a fix has made of it.
        var dropped = await App.Api.ImportAsync(name, "first.csv", Csv.Replace("NAME", name, StringComparison.Ordinal));
        Assert.Equal("date-order-undecided", Error(dropped));

        await EndAsync(await PostAsync($"runs/{Id(fix)}/undo", "{}"));
        foreach (var account in new[] { "a", "b" }) Assert.Equal("", await UsageAsync($"{name}-{account}"));
        Assert.Equal((0, 0), Mended(await RunAsync(Id(parent))));
        // Then others may say something else of the same file.
        await EndAsync(await PostAsync($"runs/{Id(parent)}/fixes", Day(1, "04/15/2024")));
        Assert.Contains("\"2024-05-01\"", (await GetAsync($"accounts/{name}-b/usage")).Text, StringComparison.Ordinal);

        var again = await EndAsync(await PostAsync($"runs/{Id(replay)}/again", "{}"));
        Assert.Equal((Id(parent), "import", "date-order-undecided"), (Text(again, "parent"), Text(again, "kind"), Error(again)));
    }

    [Fact]
    public async Task Fix_that_a_replay_completed_is_the_one_that_further_fixes_follow()
    {
        var unknown = Csv.Replace("NAME-a", "X-2", StringComparison.Ordinal).Replace("NAME-b", "X-3", StringComparison.Ordinal);
        var (name, parent) = await MakeAsync(csv: unknown);
        var refused = await EndAsync(await PostAsync($"runs/{Id(parent)}/fixes", Day(1, "15/04/2024")));
        Assert.Equal("nothing-recorded", Error(refused));
        var resolution = $$$"""{"integration":"{{{name}}}","by":"crmId","key":"x-1","account":"{{{name}}}-a"}""";
        var replay = await App.Api.EndOfAsync(Assert.Single(
            Texts((await PostAsync("unmatched/resolve", resolution)).Is(202).Json, "runs")));
        Assert.Equal((Id(refused), "partiallySucceeded"), (Text(replay, "parent"), Text(replay, "status")));
        Assert.Equal("7", await UsageAsync($"{name}-a"));

        // Of the run or of the fix: it goes on from what is there, and reads nothing in another order.
        var key = $$$"""{"rules":[{"column":"id","found":"X-2","becomes":"{{{name}}}-b"}]}""";
        foreach (var named in new[] { Id(parent), Id(refused) })
            Assert.Equal(1, Number((await PostAsync($"runs/{named}/fixes?preview=true", key)).Is(200).Json, "rows"));
        var fix = await EndAsync(await PostAsync($"runs/{Id(parent)}/fixes", key));
        Assert.Equal((Id(refused), 1), (Text(fix, "parent"), Rows(fix, "recorded")));
        Assert.Equal(("7", "100 \"Pro\""), (await UsageAsync($"{name}-a"), await UsageAsync($"{name}-b")));
    }

    [Fact]
    public async Task Of_two_fixes_at_once_one_takes_the_file()
    {
        var (name, parent) = await MakeAsync(csv: Csv);
        var asked = await Task.WhenAll(
            PostAsync($"runs/{Id(parent)}/fixes", Day(1, "15/04/2024")), PostAsync($"runs/{Id(parent)}/fixes", Day(1, "04/15/2024")));
        var ended = new List<System.Text.Json.JsonElement>();
        foreach (var one in asked.Where(one => one.Status == 202)) ended.Add(await EndAsync(one));
        Assert.Single(ended, fix => Text(fix, "status") == "partiallySucceeded");
        Assert.All(ended.Where(fix => Text(fix, "status") == "failed"), fix => Assert.Equal("nothing-rejected", Error(fix)));
        Assert.Equal("100 \"Pro\"", await UsageAsync($"{name}-a"));
    }

    /// <summary>Whoever sees a slip mends the file once more: what the slip made of it is never recorded beside that.</summary>
    [Fact]
    public async Task Of_two_fixes_that_were_refused_the_last_one_has_the_file()
    {
        var unknown = Csv.Replace("NAME-a", "X-2", StringComparison.Ordinal).Replace("NAME-b", "X-3", StringComparison.Ordinal);
        var (name, parent) = await MakeAsync(csv: unknown);
        var slip = await EndAsync(await PostAsync($"runs/{Id(parent)}/fixes", Day(1, "04/15/2024")));
        var meant = await EndAsync(await PostAsync($"runs/{Id(parent)}/fixes", Day(1, "15/04/2024")));
        Assert.Equal(("nothing-recorded", "nothing-recorded"), (Error(slip), Error(meant)));
        var waiting = (await App.Api.GetAsync($"unmatched?integration={name}&search=x-1")).GetProperty("items").EnumerateArray();
        Assert.Equal(1, Number(Assert.Single(waiting), "rows"));

        var resolution = $$$"""{"integration":"{{{name}}}","by":"crmId","key":"x-1","account":"{{{name}}}-a"}""";
        var replay = await App.Api.EndOfAsync(Assert.Single(
            Texts((await PostAsync("unmatched/resolve", resolution)).Is(202).Json, "runs")));
        Assert.Equal(Id(meant), Text(replay, "parent"));
        Assert.Equal("7", await UsageAsync($"{name}-a"));
        var key = $$$"""{"rules":[{"column":"id","found":"X-2","becomes":"{{{name}}}-b"}]}""";
        var fix = await EndAsync(await PostAsync($"runs/{Id(slip)}/fixes", key));
        Assert.Equal((Id(meant), "100 \"Pro\""), (Text(fix, "parent"), await UsageAsync($"{name}-b")));
    }

    [Fact]
    public async Task Undone_fix_does_not_stand_again_beside_another_one()
    {
        var (name, parent) = await MakeAsync(csv: Csv);
        var first = await EndAsync(await PostAsync($"runs/{Id(parent)}/fixes", Day(1, "15/04/2024")));
        var undo = await EndAsync(await PostAsync($"runs/{Id(first)}/undo", "{}"));
        var second = await EndAsync(await PostAsync($"runs/{Id(parent)}/fixes", Day(1, "04/15/2024")));
        foreach (var path in new[] { $"runs/{Id(undo)}/undo", $"runs/{Id(undo)}/undo?preview=true" })
            Assert.Contains($"The fix {Id(second)} has taken", (await PostAsync(path, "{}")).Is(409).Text, StringComparison.Ordinal);

        await EndAsync(await PostAsync($"runs/{Id(second)}/undo", "{}"));
        await EndAsync(await PostAsync($"runs/{Id(undo)}/undo", "{}"));
        Assert.Equal("100 \"Pro\"", await UsageAsync($"{name}-a"));
    }

    private static string Day(int row, string day) => $$$"""{"rows":[{"row":{{{row}}},"cells":{"day":"{{{day}}}"}}]}""";

    private static string Error(System.Text.Json.JsonElement said) => Text(said.GetProperty("error"), "code");
}
