using System.Text.Json;
using Usage.Testing.Corpus;

namespace Usage.Scenarios.Corpus;

/// <summary>A run as the API tells it, against what is expected of it.</summary>
internal sealed class CorpusComparison(CorpusRun expected, JsonElement run, string what)
{
    private static readonly string[] Outcomes = ["read", "recorded", "partial", "unmatched", "ambiguous", "invalid", "empty", "superseded"];

    public void Check()
    {
        var told = $"{what}: {run}";
        if (expected.Status is { } status) Equal(status, Text(run, "status"), told);
        CheckError(told);
        if (expected.Rows is { } rows)
            Equal(Listed(outcome => rows.GetValueOrDefault(outcome)),
                Listed(outcome => run.GetProperty("rows").GetProperty(outcome).GetInt64()), told);
        CheckIssues(told);
        CheckWarnings(told);
        if (expected.Matched.ValueKind != JsonValueKind.Undefined) Same(expected.Matched, run.GetProperty("matched"), told);
        if (expected.Changes.ValueKind != JsonValueKind.Undefined) Same(expected.Changes, run.GetProperty("changes"), told);
        CheckIgnored(told);
        if (expected.Preview is { } preview)
            Equal(string.Join(", ", preview.Select(row => $"{row.Row} {row.Outcome}")),
                string.Join(", ", run.GetProperty("preview").EnumerateArray()
                    .Select(row => $"{row.GetProperty("row").GetInt64()} {Text(row, "outcome")}")), told);
    }

    private void CheckError(string told)
    {
        if (expected.Error.ValueKind == JsonValueKind.Undefined) return;
        var found = run.GetProperty("error");
        Assert.True((expected.Error.ValueKind == JsonValueKind.Null) == (found.ValueKind == JsonValueKind.Null), told);
        if (expected.FindError() is not { } error) return;
        if (error.Code is { } code) Equal(code, Text(found, "code"), told);
        if (error.Message is { } message) Equal(message, Text(found, "message"), told);
        Holds(error.Holds, Text(found, "message")!, told);
    }

    private void CheckIssues(string told)
    {
        var samples = Issues().Where(issue => expected.Warnings is null || Text(issue, "severity") != "warning")
            .SelectMany(issue => issue.GetProperty("samples").EnumerateArray().Select(sample => new CorpusIssue(
                Text(issue, "code")!, Number(sample, "row"), Text(sample, "column"), Text(sample, "message"))))
            .ToList();
        foreach (var issue in expected.SomeIssues) Assert.True(samples.Exists(sample => Is(issue, sample)), $"no {issue} in {told}");
        if (expected.Issues is null) return;
        foreach (var issue in expected.Issues)
        {
            var found = samples.FindIndex(sample => Is(issue, sample));
            Assert.True(found >= 0, $"expected {issue}, found {string.Join("; ", samples)}");
            samples.RemoveAt(found);
        }

        Assert.Empty(samples);
    }

    private void CheckWarnings(string told)
    {
        if (expected.Warnings is not { } warnings) return;
        var found = Issues().Where(issue => Text(issue, "severity") == "warning").ToList();
        Equal(string.Join(", ", warnings.Select(warning => warning.Code).Order(StringComparer.Ordinal)),
            string.Join(", ", found.Select(issue => Text(issue, "code")).Order(StringComparer.Ordinal)), told);
        foreach (var warning in warnings)
        {
            var issue = found.Single(one => Text(one, "code") == warning.Code);
            if (warning.Count is { } count) Equal($"{count}", $"{Number(issue, "count")}", told);
            var rows = issue.GetProperty("samples").EnumerateArray().Select(sample => Number(sample, "row")).ToHashSet();
            foreach (var row in warning.Rows ?? []) Assert.True(rows.Contains(row), $"no row {row} in {told}");
            Holds(warning.Holds, All(issue), told);
        }
    }

    private void CheckIgnored(string told)
    {
        if (expected.Ignored is not { } ignored) return;
        var found = run.GetProperty("ignored").EnumerateArray().ToList();
        Equal($"{ignored.Count}", $"{found.Sum(entry => Number(entry, "count"))}", told);
        Holds(ignored.Holds, string.Join('\n', found.SelectMany(entry => entry.GetProperty("samples").EnumerateArray())
            .Select(sample => Text(sample, "text"))), told);
    }

    private JsonElement.ArrayEnumerator Issues() => run.GetProperty("issues").EnumerateArray();

    private static string Listed(Func<string, long> count) =>
        string.Join(", ", Outcomes.Select(outcome => $"{outcome} {count(outcome)}"));

    private static bool Is(CorpusIssue issue, CorpusIssue sample) => sample.Code == issue.Code && sample.Row == issue.Row
        && (issue.Column is null || sample.Column == issue.Column) && (issue.Message is null || sample.Message == issue.Message)
        && (issue.Holds ?? []).All(text => sample.Message!.Contains(text, StringComparison.OrdinalIgnoreCase));

    private static void Holds(IReadOnlyList<string>? texts, string message, string told)
    {
        foreach (var text in texts ?? [])
            Assert.True(message.Contains(text, StringComparison.OrdinalIgnoreCase), $"no \"{text}\" in \"{message}\"; {told}");
    }

    // With what the API told beside it: a count alone explains nothing.
    private static void Equal(string wanted, string? found, string told) =>
        Assert.True(wanted == found, $"expected {wanted}, found {found}; {told}");

    private static void Same(JsonElement wanted, JsonElement found, string told) =>
        Assert.True(JsonElement.DeepEquals(wanted, found), $"expected {wanted}, found {found}; {told}");

    /// <summary>All texts of an entry, as a person reads them.</summary>
    private static string All(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => string.Join('\n', element.EnumerateObject().Select(member => All(member.Value))),
        JsonValueKind.Array => string.Join('\n', element.EnumerateArray().Select(All)),
        _ => element.ToString(),
    };

    private static string? Text(JsonElement element, string name) =>
        element.GetProperty(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static long? Number(JsonElement element, string name) =>
        element.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetInt64() : null;
}
