using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;
using Usage.Scenarios.Access;
using Usage.Scenarios.App;
using Usage.Testing.Machine;

namespace Usage.Scenarios.Attacks;

/// <summary>
/// Every operation that takes a body, from the app's own list of them: none reads past its limit, and none unpacks or holds more than the
/// limits allow, whatever a small body unpacks to.
/// </summary>
[Collection(Attacked.Name)]
public sealed partial class BodyAttackTests(AttackedApp app)
{
    private const int PastAll = 1_000_000;
    private const int PastAccounts = (64 << 20) + 1;
    private const int PastBlock = (8 << 20) + 1;
    private const int Bomb = 200_000_000;
    private const long SpareBytes = 150_000_000;

    [Fact]
    public async Task Body_past_the_limit_is_refused()
    {
        var (text, block, accounts, wrong) = (new byte[PastAll], new byte[PastBlock], new byte[PastAccounts], new List<string>());
        foreach (var (method, path, type) in await OperationsAsync())
        {
            var (status, answer) = await SendAsync(method, path, type,
                path.StartsWith("accounts/import", StringComparison.Ordinal) ? accounts
                : path.StartsWith("uploads/", StringComparison.Ordinal) ? block : text);
            if (status != 413) wrong.Add($"{method} {path} {type}: {status} {answer}");
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [SlowFact]
    public async Task Body_that_unpacks_to_a_thousand_times_its_size_takes_no_memory()
    {
        var (bomb, wrong) = (Pack(Bomb), new List<string>());
        var before = await SettledAsync();
        foreach (var (method, path, type) in await OperationsAsync())
        {
            var (status, text) = await SendAsync(method, path, type, bomb);
            // A suggestion is made of what a file begins and ends with, and an upload is kept as it came.
            var known = status is 400 or 413 or 422 || (status == 200 && path.StartsWith("integrations/suggest", StringComparison.Ordinal))
                || (status is 200 or 201 && path.StartsWith("uploads", StringComparison.Ordinal))
                || (status == 202 && await FailsAsync(path, JsonDocument.Parse(text).RootElement));
            if (!known) wrong.Add($"{method} {path} {type}: {status} {text}");
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.InRange(Peak(), 0, before + SpareBytes);
    }

    private async Task<(int Status, string Text)> SendAsync(string method, string path, string type, byte[] body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new ByteArrayContent(body) };
        request.Headers.Add("x-functions-key", LockedApp.AdminKey);
        request.Headers.ExpectContinue = true;
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        request.Content.Headers.TryAddWithoutValidation("Content-Encoding", "gzip");
        using var answer = await app.Api.Http.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Method, path and kind of content of each body that the document describes.</summary>
    private async Task<List<(string Method, string Path, string Type)>> OperationsAsync()
    {
        var document = (await app.SendAsync(null, "GET", "openapi.json")).Is(200).Json;
        var found =
            from path in document.GetProperty("paths").EnumerateObject()
            from operation in path.Value.EnumerateObject()
            where operation.Name != "parameters" && operation.Value.TryGetProperty("requestBody", out _)
            from content in operation.Value.GetProperty("requestBody").GetProperty("content").EnumerateObject()
            let names = operation.Value.GetProperty("parameters").EnumerateArray()
                .Where(one => one.GetProperty("in").GetString() == "query").Select(one => one.GetProperty("name").GetString())
            let isJson = content.Name is "application/json" or "multipart/form-data"
            let query = string.Join('&', new[]
            {
                names.Contains("name") ? "name=x.csv" : null, names.Contains("integration") && !isJson ? "integration=own" : null,
            }.OfType<string>())
            select (operation.Name.ToUpperInvariant(), $"{Fill(path.Name).TrimStart('/')}?{query}",
                content.Name == "multipart/form-data" ? $"{content.Name}; boundary=p" : content.Name);
        var all = found.ToList();
        Assert.InRange(all.Count, 10, 200);
        return all;
    }

    private string Fill(string path) => Parameter().Replace(
        app.Fill(path.Replace("{upload}", "~own-upload~", StringComparison.Ordinal).Replace("{block}", "1", StringComparison.Ordinal)),
        "own");

    private async Task<bool> FailsAsync(string path, JsonElement reference)
    {
        var kind = path.StartsWith("test-runs", StringComparison.Ordinal) ? "test-runs" : "runs";
        var run = await Api.UntilAsync(
            async () => (await app.SendAsync(LockedApp.AdminKey, "GET", $"{kind}/{reference.GetProperty("runId").GetString()}")).Json,
            run => run.GetProperty("status").GetString() is not ("queued" or "running"));
        return run.GetProperty("error").GetProperty("code").GetString() == "file-too-large";
    }

    private async Task<long> SettledAsync()
    {
        await File.WriteAllTextAsync($"/proc/{app.WorkerId}/clear_refs", "5");
        using var process = Process.GetProcessById(app.WorkerId);
        return process.WorkingSet64;
    }

    /// <summary>The most memory that the worker had since it was settled.</summary>
    private long Peak() => 1024 * long.Parse(
        File.ReadLines($"/proc/{app.WorkerId}/status").Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
            .Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);

    /// <summary>A file of blank lines, packed.</summary>
    internal static byte[] Pack(int size)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write("id,mau\n"u8);
            var lines = new byte[100_000];
            Array.Fill(lines, (byte)'\n');
            for (var written = 0; written < size; written += lines.Length) gzip.Write(lines);
        }

        return packed.ToArray();
    }

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Parameter();
}
