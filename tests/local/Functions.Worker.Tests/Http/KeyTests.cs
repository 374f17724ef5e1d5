using System.Net;
using System.Text.RegularExpressions;
using Functions.Worker.Tests.App;

namespace Functions.Worker.Tests.Http;

public sealed partial class KeyTests
{
    [Fact]
    public async Task Beyond_loopback_keys_are_asked_for_shown_once_and_kept_hashed()
    {
        using var folder = new AppFolder();
        string function;
        string master;
        await using (var app = await AppProcess.StartAsync(folder, "0.0.0.0"))
        {
            function = FunctionKey().Match(app.Output).Groups[1].Value;
            master = MasterKey().Match(app.Output).Groups[1].Value;
            Assert.True(function.Length >= 40 && master.Length >= 40, app.Output);
            Assert.Equal(HttpStatusCode.OK, await Ask(app, "api/open"));
            Assert.Equal(HttpStatusCode.Unauthorized, await Ask(app, "api/plain"));
            Assert.Equal(HttpStatusCode.Unauthorized, await Ask(app, "api/plain", "wrong"));
            Assert.Equal(HttpStatusCode.OK, await Ask(app, "api/plain", function));
            Assert.Equal(HttpStatusCode.OK, await Ask(app, "api/plain?code=" + function));
            Assert.Equal(HttpStatusCode.OK, await Ask(app, "api/plain", master));
            Assert.Equal(HttpStatusCode.Unauthorized, await Ask(app, "api/admin", function));
            Assert.Equal(HttpStatusCode.OK, await Ask(app, "api/admin", master));
            Assert.Equal(HttpStatusCode.Unauthorized, (await app.Http.PostAsync("admin/functions/Nightly", null)).StatusCode);
        }

        var kept = await File.ReadAllTextAsync(Path.Combine(folder.Root, ".usage", "keys.json"));
        Assert.DoesNotContain(function, kept, StringComparison.Ordinal);
        Assert.DoesNotContain(master, kept, StringComparison.Ordinal);
        await using var again = await AppProcess.StartAsync(folder, "0.0.0.0");
        Assert.DoesNotContain("key", again.Output, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.OK, await Ask(again, "api/plain", function));
    }

    private static async Task<HttpStatusCode> Ask(AppProcess app, string path, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (key is not null) request.Headers.Add("x-functions-key", key);
        return (await app.Http.SendAsync(request)).StatusCode;
    }

    [GeneratedRegex(@"Function key: (\S+)")]
    private static partial Regex FunctionKey();

    [GeneratedRegex(@"Master key: (\S+)")]
    private static partial Regex MasterKey();
}
