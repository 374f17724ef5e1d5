using Usage.Scenarios.App;

namespace Usage.Scenarios.Children;

/// <summary>Rejected rows that are mended or find their account, and files imported again, as a caller of the API has them.</summary>
[Collection(SharedApp.Name)]
public sealed class ChildTests(AppFixture app) : ChildSteps(app)
{
    [Fact]
    public async Task A_fix_records_what_it_mends_under_its_parent()
    {
        var (name, parent) = await MakeAsync();

        var preview = (await PostAsync($"runs/{Id(parent)}/fixes?preview=true", Rule)).Is(200).Json;
        Assert.Equal((1, 1, 1), (Number(preview, "rows"), Number(preview, "dates"), Number(preview, "values")));
        Assert.Equal("\"Pro\"", await UsageAsync($"{name}-b"));
        Assert.Equal(0, (await RunAsync(Id(parent))).GetProperty("children").GetArrayLength());

        var fix = await EndAsync(await PostAsync($"runs/{Id(parent)}/fixes", Rule));
        Assert.Equal(("fix", "succeeded", Id(parent), Text(parent, "arrivedAt"), "local"),
            (Text(fix, "kind"), Text(fix, "status"), Text(fix, "parent"), Text(fix, "arrivedAt"), Text(fix, "by")));
        Assert.Equal((1, 1), (Rows(fix, "read"), Rows(fix, "recorded")));
        Assert.Equal(1, Number(fix.GetProperty("changes"), "new"));
        Assert.Equal("5 \"Pro\"", await UsageAsync($"{name}-b"));

        var after = await RunAsync(Id(parent));
        Assert.Equal([Id(fix)], Texts(after, "children"));
        foreach (var member in new[] { "rows", "changes", "values", "snapshots", "issues", "status" })
            Assert.Equal(parent.GetProperty(member).GetRawText(), after.GetProperty(member).GetRawText());
        Assert.Equal((1, 1), Mended(after));
        var listed = (await App.Api.GetAsync($"runs?integration={name}")).GetProperty("items").EnumerateArray();
        Assert.Equal((1, 1), Mended(Assert.Single(listed, run => Id(run) == Id(parent))));

        // Row by row too, on top of what the fix before has mended; what is still bad stays rejected, in the child.
        var second = await EndAsync(await PostAsync(
            $"runs/{Id(fix)}/fixes", $$$"""{"rows":[{"row":3,"cells":{"id":"{{{name}}}-b","mau":"many","plan":"Max"}}]}"""));
        Assert.Equal((Id(parent), "partiallySucceeded", 1, 1),
            (Text(second, "parent"), Text(second, "status"), Rows(second, "read"), Rows(second, "partial")));
        Assert.Equal("\"Max\" | 5 \"Pro\"", await UsageAsync($"{name}-b"));
        // Its rows are told as it read them, its file as that came.
        var rows = (await GetAsync($"runs/{Id(second)}/rows")).Is(200).Json.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["partial many"],
            rows.Select(row => $"{Text(row, "outcome")} {Text(row.GetProperty("cells"), "mau")}"));
        Assert.Contains("N/A", (await GetAsync($"runs/{Id(second)}/file")).Is(200).Text, StringComparison.Ordinal);
        Assert.Contains("many", (await GetAsync($"runs/{Id(second)}/rejected.csv")).Is(200).Text, StringComparison.Ordinal);
        Assert.Equal((2, 2), Mended(await RunAsync(Id(parent))));
        await EndAsync(await PostAsync($"runs/{Id(fix)}/undo", "{}"));
        Assert.Equal("\"Pro\"", await UsageAsync($"{name}-b"));
        Assert.Equal((0, 0), Mended(await RunAsync(Id(parent))));
    }

    [Fact]
    public async Task A_resolved_identifier_is_replayed_and_goes_with_its_parent()
    {
        var (name, parent) = await MakeAsync();
        var fix = await EndAsync(await PostAsync($"runs/{Id(parent)}/fixes", Rule));
        var body = $$$"""{"integration":"{{{name}}}","by":"crmId","key":"x-1","create":{"id":"{{{name}}}-new","name":"New"}}""";

        var preview = (await PostAsync("unmatched/resolve?preview=true", body)).Is(200).Json;
        Assert.Equal((1, 1, 1), (Number(preview, "rows"), Number(preview, "dates"), Number(preview, "values")));
        var released = Assert.Single(preview.GetProperty("runs").EnumerateArray());
        Assert.Equal((Id(parent), 1, false), (Text(released, "run"), Number(released, "rows"), released.GetProperty("whole").GetBoolean()));
        (await GetAsync($"accounts/{name}-new")).Is(404);

        var replay = await App.Api.EndOfAsync(Assert.Single(Texts((await PostAsync("unmatched/resolve", body)).Is(202).Json, "runs")));
        Assert.Equal(("replay", "succeeded", Id(parent)), (Text(replay, "kind"), Text(replay, "status"), Text(replay, "parent")));
        Assert.Equal((1, 1), (Rows(replay, "read"), Rows(replay, "recorded")));
        Assert.Empty((await App.Api.GetAsync($"unmatched?integration={name}")).GetProperty("items").EnumerateArray());
        Assert.Equal("7", await UsageAsync($"{name}-new"));
        var explained = await App.Api.GetAsync($"explain?account={name}-new&product={name}&date=2024-02-01&dimension=mau");
        Assert.Equal((7, Id(replay), 3, "7", "crmId", $"{name}/first.csv"), (
            Number(explained, "value"), Text(explained, "run"), Number(explained, "row"), Text(explained, "text"),
            Text(explained, "matchedBy"), Text(explained, "file")));
        Assert.Equal((2, 2), Mended(await RunAsync(Id(parent))));

        var undo = (await PostAsync($"runs/{Id(parent)}/undo?preview=true", "{}")).Is(200).Json;
        Assert.Equal([Id(fix), Id(replay)], Texts(undo, "children"));
        await EndAsync(await PostAsync($"runs/{Id(parent)}/undo", "{}"));
        foreach (var account in new[] { "a", "b", "new" }) Assert.Equal("", await UsageAsync($"{name}-{account}"));
        Assert.Equal((0, 0), Mended(await RunAsync(Id(parent))));
        Assert.Equal(["undone run"], (await PostAsync($"runs/{Id(parent)}/fixes", Rule)).Is(409).Errors);
        Assert.Equal(["undone run"], (await PostAsync($"runs/{Id(replay)}/fixes?preview=true", Rule)).Is(409).Errors);
    }

    [Fact]
    public async Task What_was_said_while_a_run_was_undone_counts_once_it_stands_again()
    {
        var (name, parent) = await MakeAsync();
        var undo = await EndAsync(await PostAsync($"runs/{Id(parent)}/undo", "{}"));
        var body = $$$"""{"integration":"{{{name}}}","by":"crmId","key":"X-1","create":{"id":"{{{name}}}-new","name":"New"}}""";
        Assert.Empty(Texts((await PostAsync("unmatched/resolve", body)).Is(202).Json, "runs"));

        var again = await EndAsync(await PostAsync($"runs/{Id(undo)}/undo", "{}"));

        var replay = await App.Api.EndOfAsync(Assert.Single(
            await Api.UntilAsync(async () => Texts(await RunAsync(Id(parent)), "children").ToList(), children => children.Count > 0)));
        Assert.Equal(("replay", "succeeded", Id(parent)), (Text(replay, "kind"), Text(replay, "status"), Text(replay, "parent")));
        Assert.Equal(("7", "\"Pro\""), (await UsageAsync($"{name}-new"), await UsageAsync($"{name}-b")));
        Assert.Equal("succeeded", Text(again, "status"));
        Assert.Empty((await App.Api.GetAsync($"unmatched?integration={name}")).GetProperty("items").EnumerateArray());
    }

    /// <summary>Values of another type would lie where no report finds them.</summary>
    [Fact]
    public async Task What_was_read_for_a_dimension_that_is_of_another_type_now_is_not_written()
    {
        var (name, parent) = await MakeAsync();
        var undo = await EndAsync(await PostAsync($"runs/{Id(parent)}/undo", "{}"));
        var (second, refused) = await MakeAsync("abort", "id,day,mau,plan\nNAME-a,2024-01-15,100,Pro\nNAME-b,2024-01-15,N/A,Pro\n");
        foreach (var product in new[] { name, second })
            await PutAsync($"products/{product}/dimensions/mau", """{"name":"MAU","dataType":"text"}""");

        foreach (var path in new[] { $"runs/{Id(undo)}/undo", $"runs/{Id(undo)}/undo?preview=true" })
            Assert.Contains("was numeric, and is text", (await PostAsync(path, "{}")).Is(409).Text);
        foreach (var path in new[] { $"runs/{Id(refused)}/fixes", $"runs/{Id(refused)}/fixes?preview=true" })
            Assert.Contains("was numeric, and is text", (await PostAsync(path, Rule)).Is(409).Text);
        Assert.Equal("", await UsageAsync($"{name}-a"));
    }

    [Fact]
    public async Task A_file_is_imported_again_by_a_chosen_version_with_its_arrival()
    {
        var (name, parent) = await MakeAsync(dated: false);
        var date = Text(parent.GetProperty("dates")[0], "date");
        var elsewhere = Integration(name, dated: false).Replace("column\":\"mau\"", "column\":\"elsewhere\"", StringComparison.Ordinal);
        await PutAsync($"integrations/{name}", elsewhere);
        Assert.Equal(["not-found"], (await PostAsync($"runs/{Id(parent)}/again", """{"version":3}""")).Is(404).Errors);

        var again = await EndAsync(await PostAsync($"runs/{Id(parent)}/again", """{"version":1}"""));

        Assert.Equal(("import", "partiallySucceeded", Id(parent), Text(parent, "arrivedAt"), 1), (
            Text(again, "kind"), Text(again, "status"), Text(again, "parent"), Text(again, "arrivedAt"), Number(again, "version")));
        Assert.Equal(date, Text(again.GetProperty("dates")[0], "date"));
        Assert.Equal((3, 0), (Number(again.GetProperty("changes"), "unchanged"), Number(again.GetProperty("changes"), "new")));
        var latest = await EndAsync(await PostAsync($"runs/{Id(parent)}/again", "{}"));
        Assert.Equal((2, "failed", "missing-column"),
            (Number(latest, "version"), Text(latest, "status"), Text(latest.GetProperty("error"), "code")));
        var after = await RunAsync(Id(parent));
        Assert.Equal([Id(again), Id(latest)], Texts(after, "children"));
        Assert.Equal((0, 0), Mended(after));

        Assert.Empty(Texts((await PostAsync($"runs/{Id(parent)}/undo?preview=true", "{}")).Is(200).Json, "children"));
        await EndAsync(await PostAsync($"runs/{Id(parent)}/undo", "{}"));
        Assert.Equal("100 \"Pro\"", await UsageAsync($"{name}-a"));
        await EndAsync(await PostAsync($"runs/{Id(again)}/undo", "{}"));
        Assert.Equal("", await UsageAsync($"{name}-a"));
    }

    [Fact]
    public async Task A_fix_of_a_run_that_recorded_nothing_takes_the_whole_file()
    {
        var (name, parent) = await MakeAsync("abort", "id,day,mau,plan\nNAME-a,2024-01-15,100,Pro\nNAME-b,2024-01-15,N/A,Pro\n");
        Assert.Equal(("failed", "aborted"), (Text(parent, "status"), Text(parent.GetProperty("error"), "code")));
        var preview = (await PostAsync($"runs/{Id(parent)}/fixes?preview=true", Rule)).Is(200).Json;
        Assert.Equal((2, 1, 4), (Number(preview, "rows"), Number(preview, "dates"), Number(preview, "values")));

        // Under its parent's policy: as long as a row is bad nothing is recorded.
        var still = await EndAsync(await PostAsync(
            $"runs/{Id(parent)}/fixes", """{"rules":[{"column":"mau","found":"N/A","becomes":"none"}]}"""));
        Assert.Equal(("failed", "aborted"), (Text(still, "status"), Text(still.GetProperty("error"), "code")));
        Assert.Equal((0, 0), Mended(await RunAsync(Id(parent))));

        var fix = await EndAsync(await PostAsync($"runs/{Id(parent)}/fixes", Rule));
        Assert.Equal(("succeeded", 2, 2), (Text(fix, "status"), Rows(fix, "read"), Rows(fix, "recorded")));
        Assert.Equal(("100 \"Pro\"", "5 \"Pro\""), (await UsageAsync($"{name}-a"), await UsageAsync($"{name}-b")));
        Assert.Equal((2, 4), Mended(await RunAsync(Id(parent))));
    }
}
