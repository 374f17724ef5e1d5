using System.Globalization;
using System.Text.Json;
using Usage.Scenarios.App;
using Usage.Testing.Corpus;

namespace Usage.Scenarios.Corpus;

public sealed class CorpusTests(CorpusTests.LimitedApp app) : IClassFixture<CorpusTests.LimitedApp>
{
    public static TheoryData<string> Names => new(CorpusFolder.Names);

    [Theory]
    [MemberData(nameof(Names))]
    public Task File_comes_to_what_is_expected_of_it(string name) => CorpusCheck.RunAsync(app, CorpusFolder.Load(name));

    public sealed class LimitedApp : AppFixture
    {
        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
        {
            ["Usage__Limits__MaxUnpackedBytes"] = CorpusFolder.Setup.Limits.MaxUnpackedBytes.ToString(CultureInfo.InvariantCulture),
        };
    }
}

/// <summary>The same with a batch for every row: fan-out, merge and decision of large files on small ones.</summary>
public sealed class CorpusInBatchesTests(CorpusInBatchesTests.BatchedApp app) : IClassFixture<CorpusInBatchesTests.BatchedApp>
{
    private const int Small = 4_000;

    // Not every file, for the suite's time; that cuts make no difference is a property of its own, tested on random files.
    public static TheoryData<string> Names => new(
        CorpusFolder.Names.Where(name => CorpusFolder.Load(name).Content.Length <= Small)
            .Where((_, place) => place % Scale.CorpusStep == 0));

    [Theory]
    [MemberData(nameof(Names))]
    public Task File_in_batches_of_a_row_comes_to_the_same(string name) => CorpusCheck.RunAsync(app, CorpusFolder.Load(name));

    public sealed class BatchedApp : AppFixture
    {
        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
        {
            ["Usage__BatchBytes"] = "1",
            ["Usage__Limits__MaxUnpackedBytes"] = CorpusFolder.Setup.Limits.MaxUnpackedBytes.ToString(CultureInfo.InvariantCulture),
        };
    }
}

internal static class CorpusCheck
{
    private static readonly string[] Outcomes = ["read", "recorded", "partial", "unmatched", "ambiguous", "invalid", "empty", "superseded"];

    public static async Task RunAsync(AppFixture app, CorpusFile file)
    {
        var world = new CorpusWorld(app, file);
        await world.SetUpAsync();
        var run = await app.Api.EndOfAsync(await DropAsync(app, world.Integration, file));

        var expected = file.Expectation;
        Assert.Equal(expected.Status, run.GetProperty("status").GetString());
        Assert.Equal(expected.Error?.Code, Member(run.GetProperty("error"), "code"));
        if (expected.Error?.Message is { } message) Assert.Equal(message, Member(run.GetProperty("error"), "message"));
        if (expected.Rows is { } rows)
            Assert.Equal(
                Outcomes.Select(outcome => $"{outcome} {rows.GetValueOrDefault(outcome)}"),
                Outcomes.Select(outcome => $"{outcome} {run.GetProperty("rows").GetProperty(outcome).GetInt64()}"));
        Assert.Equal(world.Expected(run), await world.StoredAsync());
        CheckIssues(expected.Issues, run);
    }

    private static async Task<string> DropAsync(AppFixture app, string integration, CorpusFile file)
    {
        using var body = new ByteArrayContent(file.Content);
        using var answer = await app.Api.Http.PostAsync($"integrations/{integration}/files?name={Uri.EscapeDataString(file.Name)}", body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode == 202, text);
        return JsonSerializer.Deserialize<JsonElement>(text).GetProperty("runId").GetString()!;
    }

    private static void CheckIssues(IReadOnlyList<CorpusIssue> expected, JsonElement run)
    {
        var samples = run.GetProperty("issues").EnumerateArray()
            .SelectMany(issue => issue.GetProperty("samples").EnumerateArray().Select(sample => new CorpusIssue(
                issue.GetProperty("code").GetString()!,
                sample.GetProperty("row").ValueKind == JsonValueKind.Null ? null : sample.GetProperty("row").GetInt64(),
                Member(sample, "column"), Member(sample, "message"))))
            .ToList();
        foreach (var issue in expected)
        {
            var found = samples.FindIndex(
                sample => sample.Code == issue.Code && sample.Row == issue.Row && (issue.Column is null || sample.Column == issue.Column)
                && (issue.Message is null || sample.Message == issue.Message));
            Assert.True(found >= 0, $"expected {issue}, found {string.Join("; ", samples)}");
            samples.RemoveAt(found);
        }

        Assert.Empty(samples);
    }

    private static string? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.GetProperty(name).ValueKind == JsonValueKind.String
            ? element.GetProperty(name).GetString() : null;
}
