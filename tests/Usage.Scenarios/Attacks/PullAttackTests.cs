using System.Text;
using Microsoft.AspNetCore.Http;
using Usage.Scenarios.App;
using Usage.Scenarios.HttpApi;
using Usage.Testing.Servers;

namespace Usage.Scenarios.Attacks;

/// <summary>Servers that are asked for a file, and answer with something else.</summary>
[Collection(Attacked.Name)]
public sealed class PullAttackTests(AttackedApp app)
{
    private static readonly byte[] Bomb = BodyAttackTests.Pack(200_000_000);

    [Theory]
    [InlineData("redirect", "http://169.254.169.254/metadata", "expected https://")]
    [InlineData("redirect", "https://169.254.169.254/metadata", "expected one on the public internet")]
    [InlineData("redirect", "https://10.0.0.1/", "expected one on the public internet")]
    [InlineData("redirect", "https://[::1]/", "expected one on the public internet")]
    [InlineData("redirect", "https://2130706434/", "expected one on the public internet")]
    [InlineData("redirect", "https://localhost/", "expected one on the public internet")]
    [InlineData("redirect", "http://localhost/", "expected https://")]
    [InlineData("redirect", "file:///etc/passwd", "expected https://")]
    [InlineData("redirect", "https://a:b@127.0.0.1/", "a user or password")]
    [InlineData("redirect", "again", "redirects")]
    [InlineData("redirect", "", "without saying where to go")]
    [InlineData("status", "401", "401")]
    [InlineData("status", "206", "206")]
    [InlineData("encoding", "br", "Content-Encoding")]
    [InlineData("endless", "", "found at least")]
    [InlineData("large", "", "found at least")]
    [InlineData("silent", "", "no answer in time")]
    [InlineData("stalls", "", "")]
    public async Task Answer_that_is_no_file_is_a_failed_pull_and_changes_nothing(string kind, string what, string why)
    {
        var (state, before, after) = await PullAsync((http, _) => AnswerAsync(http, kind, what));
        Assert.Equal("failed", state.GetProperty("status").GetString());
        Assert.Contains(why, state.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(before, after);
    }

    [Theory]
    [InlineData("bomb", "file-too-large")]
    [InlineData("page", "not-a-csv")]
    [InlineData("binary", "not-a-csv")]
    [InlineData("cut", "gzip-truncated")]
    public async Task File_that_is_none_is_a_failed_run_and_changes_nothing(string kind, string code)
    {
        var (state, before, after) = await PullAsync((http, _) => AnswerAsync(http, kind, ""));
        Assert.Equal(("pulled", $"{state}"), (state.GetProperty("status").GetString(), $"{state}"));
        // Whatever the server calls it, it lies where its integration's files do.
        Assert.Matches(@"^pulled-[a-z0-9-]+/pulled/\d{8}T\d{6}\.csv(\.gz)?$", state.GetProperty("blob").GetString());
        var run = await Api.UntilAsync(
            async () => (await app.SendAsync(Access.LockedApp.AdminKey, "GET", "runs?top=1000")).Json.GetProperty("items").EnumerateArray()
                .FirstOrDefault(run => run.GetProperty("blob").GetString() == state.GetProperty("blob").GetString()),
            run => run.ValueKind == System.Text.Json.JsonValueKind.Object
                && run.GetProperty("status").GetString() is not ("queued" or "running"));
        Assert.Equal(("failed", code), (run.GetProperty("status").GetString(), run.GetProperty("error").GetProperty("code").GetString()));
        Assert.Equal(before, after);
    }

    private async Task<(System.Text.Json.JsonElement State, string Before, string After)> PullAsync(Func<HttpContext, int, Task> answer)
    {
        await using var server = await ExportServer.StartAsync(answer);
        var id = app.Unique("pulled");
        (await SendAsync("PUT", $"integrations/{id}", $$"""
            {"name":"I","match":[{"by":"crmId","column":"id"}],"products":[{"product":"own","dimensions":
             [{"column":"mau","dimension":"mau"}]}],"source":{"url":"{{server.Url}}/usage.csv","schedule":"0 0 2 1 1 *"} }
            """)).Is(201);
        var before = (await SendAsync("GET", "products/own/snapshots")).Text;
        (await SendAsync("POST", $"integrations/{id}/pull")).Is(202);
        var state = await Api.UntilAsync(
            async () => (await SendAsync("GET", $"integrations/{id}/pull")).Is(200).Json,
            state => state.GetProperty("status").GetString() is "failed" or "pulled");
        return (state, before, (await SendAsync("GET", "products/own/snapshots")).Text);
    }

    private Task<ApiCall> SendAsync(string method, string path, string? body = null) =>
        app.SendAsync(Access.LockedApp.AdminKey, method, path, body);

    private static async Task AnswerAsync(HttpContext http, string kind, string what)
    {
        var response = http.Response;
        response.Headers.ContentDisposition = "attachment; filename=\"../../theirs/x.csv\"";
        var zeros = new byte[100_000];
        switch (kind)
        {
            case "redirect":
                response.StatusCode = 302;
                if (what.Length > 0) response.Headers.Location = what == "again" ? "/usage.csv" : what;
                return;
            case "status":
                response.StatusCode = int.Parse(what, System.Globalization.CultureInfo.InvariantCulture);
                return;
            case "encoding":
                response.Headers.ContentEncoding = what;
                await response.WriteAsync("id,mau\n");
                return;
            case "endless":
                while (!http.RequestAborted.IsCancellationRequested) await response.Body.WriteAsync(zeros, http.RequestAborted);
                return;
            case "large":
                response.ContentLength = 1L << 40;
                await response.Body.WriteAsync(zeros);
                return;
            case "silent" or "stalls":
                if (kind == "stalls") await response.WriteAsync("id,mau\n");
                await Task.Delay(TimeSpan.FromSeconds(20), http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                return;
            case "page":
                await response.WriteAsync("<!DOCTYPE html><html><body>Sign in</body></html>");
                return;
            case "binary":
                await response.Body.WriteAsync(Encoding.Latin1.GetBytes("PK\u0003\u0004\0\0\0\0"));
                return;
        }

        var packed = kind == "bomb" ? Bomb : BodyAttackTests.Pack(1);
        await response.Body.WriteAsync(packed.AsMemory(0, packed.Length - (kind == "cut" ? 20 : 0)));
    }
}
