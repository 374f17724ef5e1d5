using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Usage.Scenarios.App;
using Usage.Scenarios.HttpApi;
using Usage.Testing.Corpus;

namespace Usage.Scenarios.Uploads;

/// <summary>A file that comes in blocks: in any order, several at once, again, and after having been cut off.</summary>
[Collection(SharedApp.Name)]
public sealed class BlockTests(AppFixture app)
{
    private const int Most = 8 << 20;

    [Fact]
    public async Task Blocks_in_any_order_at_once_and_again_are_the_file()
    {
        var file = new byte[(2 * Most) + 100_000];
        new Random(1).NextBytes(file);
        "name,n\n"u8.CopyTo(file);
        var id = await BeginAsync("big.csv", file.Length);
        (await PutAsync(id, 2, file.AsMemory(0, 1000))).Is(200);

        var answers = await Task.WhenAll(
            PutAsync(id, 3, file.AsMemory(2 * Most)), PutAsync(id, 2, file.AsMemory(Most, Most)), PutAsync(id, 1, file.AsMemory(0, Most)));
        Assert.All(answers, answer => answer.Is(200));
        (await PutAsync(id, 1, file.AsMemory(0, Most))).Is(200);
        Assert.Equal(
            $"[{{\"number\":1,\"bytes\":{Most}}},{{\"number\":2,\"bytes\":{Most}}},{{\"number\":3,\"bytes\":100000}}]",
            (await GetAsync(id)).GetProperty("blocks").GetRawText());

        var commits = await Task.WhenAll(CommitAsync(id), CommitAsync(id));
        Assert.All(commits, commit => Assert.Equal(commits[0].Text, commit.Is(200).Text));
        Assert.Equal(commits[0].Text, (await CommitAsync(id)).Is(200).Text);
        var whole = await GetAsync(id);
        Assert.Equal(
            (file.Length, Convert.ToHexStringLower(SHA256.HashData(file)), "[]", true),
            (whole.GetProperty("bytes").GetInt64(), whole.GetProperty("sha256").GetString(), whole.GetProperty("blocks").GetRawText(),
                whole.GetProperty("committed").GetBoolean()));
        Assert.Equal(["already-committed upload"], (await PutAsync(id, 4, file.AsMemory(0, 1))).Is(409).Errors);
    }

    [Fact]
    public async Task Blocks_that_are_missing_or_differ_are_named_and_nothing_is_used_before_they_came()
    {
        var id = await BeginAsync("parts.csv", 12);
        Assert.Equal("[]", (await GetAsync(id)).GetProperty("blocks").GetRawText());
        (await PutAsync(id, 1, "id,n\n"u8.ToArray())).Is(200);
        (await PutAsync(id, 3, "2\n"u8.ToArray())).Is(200);
        var refused = (await CommitAsync(id)).Is(409);
        Assert.Equal(["missing-blocks blocks"], refused.Errors);
        Assert.StartsWith("found 2 blocks without 2, ", refused.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(["other-length block"], (await PutAsync(id, 2, "too long\n"u8.ToArray())).Is(409).Errors);
        (await PutAsync(id, 2, "a,\n"u8.ToArray())).Is(200);
        Assert.Equal(["other-length bytes"], (await CommitAsync(id)).Is(409).Errors);
        var suggested = await SendAsync("POST", "integrations/suggest", $$"""{"upload":"{{id}}"}""");
        Assert.Equal(["not-committed upload"], suggested.Is(409).Errors);
        Assert.Equal(["not-committed upload"], (await SendAsync("GET", $"uploads/{id}/lines")).Is(409).Errors);

        (await PutAsync(id, 2, "ab,1\n"u8.ToArray())).Is(200);
        (await CommitAsync(id)).Is(200);
        var lines = (await SendAsync("GET", $"uploads/{id}/lines")).Is(200).Json.GetProperty("lines").EnumerateArray();
        Assert.Equal(["id,n", "ab,1", "2"], lines.Select(line => line.GetProperty("text").GetString()));
    }

    [Fact]
    public async Task Block_has_a_number_and_some_bytes_and_not_too_many()
    {
        var id = await BeginAsync("x.csv", 2L * Most);
        foreach (var number in new[] { "0", "10001", "x", "1.5" })
            Assert.Equal(["invalid-value block"], (await PutAsync(id, number, new byte[1])).Is(400).Errors);
        Assert.Equal(["empty-body"], (await PutAsync(id, 1, Array.Empty<byte>())).Is(400).Errors);
        Assert.Equal(["too-large"], (await PutAsync(id, 1, new byte[Most + 1])).Is(413).Errors);
        (await PutAsync(id, 10_000, new byte[Most])).Is(200);
        (await SendAsync("DELETE", $"uploads/{id}")).Is(204);
        (await PutAsync(id, 1, new byte[1])).Is(404);
    }

    /// <summary>As a body it would have to be in memory; in storage it is read by its directory.</summary>
    [Fact]
    public async Task Workbook_beyond_what_a_body_may_have_is_proposed_from_where_it_lies()
    {
        var workbook = CorpusFolder.Load("sent/workbook-hidden-first").Content;
        var large = Padded(workbook, 17 << 20);
        var refused = await SendBytesAsync("POST", "integrations/suggest?name=x.xlsx", large);
        Assert.Equal(["file-too-large"], refused.Is(400).Errors);

        var sent = (await SendBytesAsync("POST", "uploads?name=x.xlsx", large)).Is(201).Json;
        var id = sent.GetProperty("id").GetString()!;
        var proposal = (await SendAsync("POST", "integrations/suggest", $$"""{"upload":"{{id}}"}""")).Is(200).Json.GetProperty("file");
        Assert.Equal("xlsx", proposal.GetProperty("kind").GetString());
        var sheet = proposal.GetProperty("sheets")[0].GetString()!;
        var lines = (await SendAsync("GET", $"uploads/{id}/lines?sheet={Uri.EscapeDataString(sheet)}")).Is(200).Json;
        Assert.Contains(sheet, lines.GetProperty("sheets").EnumerateArray().Select(one => one.GetString()));
    }

    /// <summary>With a part that nothing refers to, and that packs to what it is.</summary>
    private static byte[] Padded(byte[] workbook, int bytes)
    {
        var noise = new byte[bytes];
        new Random(2).NextBytes(noise);
        using var file = new MemoryStream();
        file.Write(workbook);
        using (var zip = new System.IO.Compression.ZipArchive(file, System.IO.Compression.ZipArchiveMode.Update, leaveOpen: true))
        {
            using var part = zip.CreateEntry("xl/media/noise.bin", System.IO.Compression.CompressionLevel.NoCompression).Open();
            part.Write(noise);
        }

        return file.ToArray();
    }

    private async Task<string> BeginAsync(string name, long bytes)
    {
        var answer = (await SendAsync("POST", "uploads", $$"""{"name":"{{name}}","bytes":{{bytes}}}""")).Is(201);
        Assert.False(answer.Json.GetProperty("committed").GetBoolean());
        return answer.Json.GetProperty("id").GetString()!;
    }

    private async Task<JsonElement> GetAsync(string id) => (await SendAsync("GET", $"uploads/{id}")).Is(200).Json;

    private Task<ApiCall> CommitAsync(string id) => SendAsync("POST", $"uploads/{id}/commit");

    private Task<ApiCall> PutAsync(string id, object number, ReadOnlyMemory<byte> block) =>
        SendBytesAsync("PUT", $"uploads/{id}/blocks/{number}", block);

    private async Task<ApiCall> SendBytesAsync(string method, string path, ReadOnlyMemory<byte> bytes)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new ReadOnlyMemoryContent(bytes) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var answer = await app.Api.Http.SendAsync(request);
        return new ApiCall(
            method, path, (int)answer.StatusCode, answer.Headers, answer.Content.Headers.ContentType?.MediaType,
            await answer.Content.ReadAsStringAsync());
    }

    private Task<ApiCall> SendAsync(string method, string path, string? body = null) =>
        ApiCall.SendAsync(app.Api.Http, method, path, body);
}
