using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CsvHelper;
using Usage.Scenarios.App;
using Usage.Testing.Corpus;

namespace Usage.Scenarios.Corpus;

/// <summary>One file's way through the app, as its expectation says: put, tried out, dropped, rejected, mended, dropped again.</summary>
internal sealed class CorpusCheck(AppFixture app, CorpusFile file)
{
    private readonly CorpusWorld _world = new(app, file);

    private string Name => file.Expectation.Upload.Name ?? file.Name;

    private string Query =>
        $"?name={Uri.EscapeDataString(Name)}{(file.Expectation.Upload.Date is { } date ? $"&date={date}" : "")}";

    public static Task RunAsync(AppFixture app, CorpusFile file) => new CorpusCheck(app, file).RunAsync();

    private async Task RunAsync()
    {
        var expected = file.Expectation;
        if (!CheckPut(await _world.SetUpAsync())) return;
        if (expected.Suggest is { } suggest) await CheckSuggestAsync(suggest);
        if (expected.Before is { } before)
            Assert.Equal("succeeded", (await EndAsync("before.csv", Encoding.UTF8.GetBytes(before))).GetProperty("status").GetString());
        if (expected.TestRun is { } tried) new CorpusComparison(tried, await TryOutAsync(), "as a test run").Check();
        var run = expected.Upload.By == "blob" ? await DropAsync() : await EndAsync(Name, file.Content, Query);
        await CompareAsync(expected, run, run, "dropped");
        if (expected.Rejected is null && expected.Redrop is null) return;
        var rejected = await RejectedFile.ReadAsync(app, run.GetProperty("id").GetString()!);
        if (expected.Rejected is { } rows) rejected.Check(rows);
        if (expected.Redrop is { } again)
            await CompareAsync(again, await EndAsync("mended.csv", rejected.Mended(again.Mend)), run, "dropped again");
    }

    private bool CheckPut((int Status, JsonElement Body) answer)
    {
        var expected = file.Expectation.Put;
        Assert.True((expected.Status ?? (answer.Status is 200 or 201 ? answer.Status : 201)) == answer.Status, $"{answer}");
        foreach (var code in expected.Warnings ?? [])
            Assert.Contains(code, answer.Body.GetProperty("warnings").EnumerateArray()
                .Select(warning => warning.GetProperty("code").GetString()));
        return answer.Status < 400;
    }

    private async Task CheckSuggestAsync(CorpusSuggest expected)
    {
        using var body = new ByteArrayContent(file.Content);
        using var answer = await app.Api.Http.PostAsync($"integrations/suggest?name={Uri.EscapeDataString(Name)}", body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(expected.Status == (int)answer.StatusCode, text);
        foreach (var part in new[] { expected.Code }.Concat(expected.Holds ?? []).OfType<string>())
            Assert.Contains(part, text, StringComparison.OrdinalIgnoreCase);
    }

    private async Task<JsonElement> TryOutAsync()
    {
        using var body = new ByteArrayContent(file.Content);
        using var answer = await app.Api.Http.PostAsync($"test-runs{Query}&integration={_world.Integration}", body);
        var started = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True((int)answer.StatusCode == 202, $"{started}");
        return await Api.UntilAsync(
            async () => await app.Api.GetAsync($"test-runs/{started.GetProperty("runId").GetString()}"),
            run => run.GetProperty("status").GetString() is not ("queued" or "running"));
    }

    private async Task<JsonElement> EndAsync(string name, byte[] content, string? query = null)
    {
        using var body = new ByteArrayContent(content);
        using var answer = await app.Api.Http.PostAsync(
            $"integrations/{_world.Integration}/files{query ?? $"?name={name}"}", body);
        var started = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True((int)answer.StatusCode == 202, $"{started}");
        return await app.Api.EndOfAsync(started.GetProperty("runId").GetString()!);
    }

    private async Task<JsonElement> DropAsync()
    {
        var path = $"{_world.Integration}/{Name}";
        await app.Imports.GetBlobClient(path).UploadAsync(new BinaryData(file.Content), overwrite: true);
        return await app.Api.EndOfBlobAsync(path);
    }

    /// <param name="dated">The run that tells which date is the automatic one: one that records nothing has none.</param>
    private async Task CompareAsync(CorpusRun expected, JsonElement run, JsonElement dated, string what)
    {
        new CorpusComparison(expected, run, what).Check();
        if (expected.Snapshots is { } snapshots) Assert.Equal(_world.Expected(snapshots, dated), await _world.StoredAsync());
    }

    /// <summary>A run's rejected rows, by the names of their columns.</summary>
    private sealed class RejectedFile(IReadOnlyList<string> header, IReadOnlyList<Dictionary<string, string>> rows)
    {
        public static async Task<RejectedFile> ReadAsync(AppFixture app, string run)
        {
            await using var csv = CsvReader.Create(
                new MemoryStream(await app.Api.Http.GetByteArrayAsync($"runs/{run}/rejected.csv")),
                new CsvReaderOptions { HasHeader = true });
            var rows = new List<Dictionary<string, string>>();
            var header = csv.Headers.ToArray();
            while (await csv.ReadAsync())
                rows.Add(Enumerable.Range(0, header.Length).ToDictionary(at => header[at], at => csv.GetString(at)));
            return new RejectedFile(header, rows);
        }

        public void Check(IReadOnlyList<CorpusRejected> expected)
        {
            Assert.Equal(expected.Select(row => row.Row), rows.Select(Row));
            foreach (var (row, wanted) in rows.Zip(expected))
            {
                var cells = (wanted.Cells ?? new Dictionary<string, string>())
                    .Concat([new("_outcome", wanted.Outcome!), new("_code", wanted.Code!), new("_raw", wanted.Raw!)]);
                foreach (var (name, cell) in cells.Where(cell => cell.Value is not null)) Assert.Equal((name, cell), (name, row[name]));
            }
        }

        public byte[] Mended(IReadOnlyList<CorpusRejected> mends)
        {
            var lines = rows.Select(row =>
            {
                var mend = mends.FirstOrDefault(mend => mend.Row == Row(row))?.Cells;
                return header.Select(name => mend?.GetValueOrDefault(name) ?? (mend is not null && name == "_raw" ? "" : row[name]));
            });
            return Encoding.UTF8.GetBytes(string.Join("\r\n", lines.Prepend(header).Select(Line)));
        }

        private static string Line(IEnumerable<string> cells) =>
            string.Join(',', cells.Select(cell => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\""));

        private static long Row(Dictionary<string, string> row) => long.Parse(row["_row"], CultureInfo.InvariantCulture);
    }
}
