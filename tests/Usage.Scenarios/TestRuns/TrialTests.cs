using System.Text.Json;
using System.Text.RegularExpressions;
using Usage.Scenarios.App;
using Usage.Scenarios.HttpApi;
using Usage.Testing.Machine;

namespace Usage.Scenarios.TestRuns;

/// <summary>
/// Random integrations and files, cut into many batches: a test run writes nothing, a draft's says what the saved one's says, and
/// the import that follows does exactly that; so does the next one, of the same file again.
/// </summary>
[Collection(SmallBatches.Name)]
public sealed partial class TrialTests(SmallBatches app)
{
    private static readonly string[] Same = ["status", "sha256", "rows", "snapshots", "values", "dates", "issues", "duplicateOf", "error"];

    public static IEnumerable<TheoryDataRow<int, int, bool, string, string, string>> Trials => new[]
    {
        new TheoryDataRow<int, int, bool, string, string, string>(1, 60, false, "skipCell", "null", "partiallySucceeded"),
        new(3, 80, true, "abort", "null", "succeeded"),
        new(5, 100, false, "skipCell", "5", "failed"),
        new(2, 120, false, "skipRow", "null", "partiallySucceeded"),
        new(4, 80, false, "abort", "null", "failed"),
        new(6, 0, true, "skipCell", "null", "succeeded"),
    }.Take(Scale.Trials);

    [SlowTheory]
    [MemberData(nameof(Trials))]
    public async Task Import_does_what_the_test_run_said(int seed, int rows, bool clean, string mode, string maxErrors, string status)
    {
        var trial = new Trial(app.Unique("trial"), new Random(seed));
        await trial.SetUpAsync(app.Api);
        await PutAsync(trial, trial.Simple());
        await app.Api.ImportAsync(trial.Integration, "before.csv", trial.File(80, clean: false));
        var (body, file) = (trial.Changed(mode, maxErrors), trial.File(rows, clean));

        var before = await Storage.DumpAsync(app);
        var draft = await TryAsync("test-runs", Form(file, body), "multipart/form-data; boundary=part");
        Assert.Equal(before, await Storage.DumpAsync(app));

        await PutAsync(trial, body);
        var saved = await TryUnchangedAsync(trial, file);
        Assert.Equal(status, saved.GetProperty("status").GetString());
        foreach (var member in Same.Concat(["changes", "preview"])) Assert.Equal(Text(draft, member), Text(saved, member));
        await ImportAsync(trial, "first.csv", file, saved);
        await ImportAsync(trial, "again.csv", file, await TryUnchangedAsync(trial, file));
    }

    /// <summary>Does it, and holds what it did to what was said of it.</summary>
    private async Task ImportAsync(Trial trial, string name, string file, JsonElement said)
    {
        var before = await Storage.SnapshotsAsync(app, trial.Dated, trial.Arrived);
        var run = await app.Api.ImportAsync(trial.Integration, name, file);
        var after = await Storage.SnapshotsAsync(app, trial.Dated, trial.Arrived);

        foreach (var member in Same) Assert.Equal(Text(said, member), Text(run, member));
        Assert.Equal(await RejectedAsync(said), await RejectedAsync(run));
        var (old, stored) = (Values(before), Values(after));
        var (fresh, changed) = (stored.Keys.Count(key => !old.ContainsKey(key)),
            stored.Count(pair => old.TryGetValue(pair.Key, out var there) && there != pair.Value));
        var changes = said.GetProperty("changes");
        Assert.Equal((fresh, changed), (changes.GetProperty("new").GetInt32(), changes.GetProperty("changed").GetInt32()));
        var written = run.GetProperty("status").GetString() is "failed" or "duplicate" ? 0 : run.GetProperty("values").GetInt32();
        if (run.GetProperty("status").GetString() != "duplicate")
            Assert.Equal(written - fresh - changed, changes.GetProperty("unchanged").GetInt32());
        if (written > 0) HoldPreview(said, before, after);
    }

    /// <summary>Each value by its snapshot and property.</summary>
    private static Dictionary<(string, string, string), string> Values(
        Dictionary<(string Partition, string Account), string> snapshots) =>
        snapshots.SelectMany(snapshot => Stored().Matches(snapshot.Value).Select(value => (
                Key: (snapshot.Key.Partition, snapshot.Key.Account, value.Groups[1].Value), Value: value.Groups[2].Value)))
            .ToDictionary(value => value.Key, value => value.Value);

    [GeneratedRegex(@"\[(d_\w+)=(.*?)\](?= \[d_|$)", RegexOptions.Singleline)]
    private static partial Regex Stored();

    private static void HoldPreview(
        JsonElement said, Dictionary<(string Partition, string Account), string> before, Dictionary<(string Partition, string Account),
        string> after)
    {
        var preview = said.GetProperty("preview").EnumerateArray().ToList();
        Assert.Equal(Enumerable.Range(1, Math.Min(100, said.GetProperty("rows").GetProperty("read").GetInt32())),
            preview.Select(row => row.GetProperty("row").GetInt32()));
        if (preview.Count < 100)
            foreach (var (outcome, count) in preview.GroupBy(row => row.GetProperty("outcome").GetString()!)
                .Select(same => (same.Key, same.Count())))
                Assert.Equal(said.GetProperty("rows").GetProperty(outcome).GetInt32(), count);
        foreach (var row in preview)
            foreach (var snapshot in row.GetProperty("snapshots").EnumerateArray())
            {
                var account = row.GetProperty("account").GetProperty("id").GetString()!;
                var place = $"|{snapshot.GetProperty("product").GetString()}|{snapshot.GetProperty("date").GetString()}|";
                var key = after.Keys.Single(key => key.Account == account && key.Partition.Contains(place, StringComparison.Ordinal));
                foreach (var value in snapshot.GetProperty("values").EnumerateObject())
                {
                    Assert.Contains($"[d_{value.Name}={value.Value.GetProperty("new")}]", after[key], StringComparison.Ordinal);
                    var (old, stored) = (value.Value.GetProperty("old"), before.GetValueOrDefault(key, ""));
                    if (old.ValueKind == JsonValueKind.Null) Assert.DoesNotContain($"[d_{value.Name}=", stored, StringComparison.Ordinal);
                    else Assert.Contains($"[d_{value.Name}={old}]", stored, StringComparison.Ordinal);
                }
            }
    }

    private async Task<JsonElement> TryUnchangedAsync(Trial trial, string file)
    {
        var before = await Storage.DumpAsync(app);
        var said = await TryAsync($"test-runs?integration={trial.Integration}", file, "text/csv");
        Assert.Equal(before, await Storage.DumpAsync(app));
        return said;
    }

    private async Task<JsonElement> TryAsync(string path, string body, string type)
    {
        var id = (await ApiCall.SendAsync(app.Api.Http, "POST", path, body, type)).Is(202).Json.GetProperty("runId").GetString();
        return await Api.UntilAsync(
            async () => await app.Api.GetAsync($"test-runs/{id}"),
            run => run.GetProperty("status").GetString() is not ("queued" or "running"));
    }

    /// <summary>But for the id of the run, which each row names.</summary>
    private async Task<string> RejectedAsync(JsonElement run)
    {
        var id = run.GetProperty("id").GetString()!;
        var answer = await ApiCall.SendAsync(app.Api.Http, "GET", $"runs/{id}/rejected.csv");
        return answer.Status == 200 ? answer.Text.Replace(id, "", StringComparison.Ordinal) : $"{answer.Status}";
    }

    private async Task PutAsync(Trial trial, string body) =>
        Assert.InRange((await ApiCall.SendAsync(app.Api.Http, "PUT", $"integrations/{trial.Integration}", body)).Status, 200, 201);

    private static string Form(string file, string draft) =>
        $"--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n{file}\r\n--part\r\nContent-Disposition: "
            + $"form-data; name=\"integration\"\r\n\r\n{draft}\r\n--part--\r\n";

    private static string Text(JsonElement run, string member) => $"{member}: {run.GetProperty(member).GetRawText()}";
}
