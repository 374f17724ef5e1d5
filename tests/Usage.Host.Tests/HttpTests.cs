using System.Net;
using System.Text;

namespace Usage.Host.Tests;

public sealed class HttpTests(SharedHost host)
{
    [Theory]
    [InlineData("products/abc", "GET abc")]
    [InlineData("PRODUCTS/abc", "GET abc")]
    [InlineData("products/a%20b", "GET a b")]
    [InlineData("products/a%2Fb", "GET a%2Fb")]
    [InlineData("products/a%252Fb", "GET a%2Fb")]
    [InlineData("products/literal", "literal /test/api/products/literal")]
    [InlineData("numbers/7/6f9619ff-8b86-d011-b42d-00cf4fc964ff?q=x", "7 6f9619ff-8b86-d011-b42d-00cf4fc964ff x")]
    [InlineData("files/a/b/c.csv", "GET a/b/c.csv")]
    public async Task Path_reaches_its_function_with_its_values(string path, string expected) =>
        Assert.Equal(expected, await host.Http.GetStringAsync(path));

    [Theory]
    [InlineData("products", HttpStatusCode.NotFound)]
    [InlineData("/api/products/abc", HttpStatusCode.NotFound)]
    [InlineData("numbers/4/6f9619ff-8b86-d011-b42d-00cf4fc964ff", HttpStatusCode.NotFound)]
    [InlineData("count", HttpStatusCode.MethodNotAllowed)]
    public async Task What_no_function_answers_is_refused(string path, HttpStatusCode status) =>
        Assert.Equal(status, (await host.Http.GetAsync(path)).StatusCode);

    [Fact]
    public async Task Method_that_a_function_does_not_have_is_told_with_those_that_it_has()
    {
        var answer = await host.Http.PostAsync("products/abc", null);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["GET", "PUT"], answer.Content.Headers.Allow.Order());
    }

    [Fact]
    public async Task Head_is_answered_without_a_body()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, "files/a");
        using var answer = await host.Http.SendAsync(request);
        Assert.Equal((HttpStatusCode.OK, ""), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task Host_and_headers_are_those_of_the_client()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "NoRoute") { Headers = { { "x-own", "mine" } } };
        request.Headers.Host = "example.test";
        using var answer = await host.Http.SendAsync(request);
        Assert.Equal("example.test mine", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Large_bodies_stream_in_both_directions()
    {
        using var body = new ByteArrayContent(new byte[150 << 20]);
        using var answer = await host.Http.PostAsync("count", body);
        Assert.Equal($"{150 << 20}", await answer.Content.ReadAsStringAsync());
        await using var stream = await host.Http.GetStreamAsync("stream/150");
        var (buffer, total) = (new byte[1 << 20], 0);
        for (int read; (read = await stream.ReadAsync(buffer)) > 0;) total += read;
        Assert.Equal(150 << 20, total);
    }

    [Fact]
    public async Task Body_over_the_limit_is_413()
    {
        // Asks before it sends, and waits for the answer.
        using var patient = new HttpClient(
            new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromMinutes(1) })
        { BaseAddress = host.Http.BaseAddress };
        using var body = new ByteArrayContent(new byte[(256 << 20) + 1]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "count") { Content = body };
        request.Headers.ExpectContinue = true;
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await patient.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task What_a_function_throws_is_told_to_the_log_and_not_to_the_client()
    {
        using var answer = await host.Http.GetAsync("throw");
        // Which status the worker's package answers then is a race of its own; the app has a middleware for what is thrown.
        Assert.DoesNotContain("secret", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await host.App.UntilAsync(() => host.App.Log.Contains("secret /test/api/throw", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Worker_hears_of_a_client_that_leaves()
    {
        using var leave = new CancellationTokenSource();
        var waiting = host.Http.GetAsync("wait/nobody", leave.Token);
        await host.App.UntilAsync(() => host.App.Count("wait nobody") == 1);
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await host.App.UntilAsync(() => host.App.Count("left nobody") == 1);
    }

    [Fact]
    public async Task Functions_are_run_by_hand_by_their_names()
    {
        await host.App.PostAsync("/admin/functions/nightly");
        await host.App.UntilAsync(() => host.App.Count("nightly False") == 1);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Http.PostAsync("/admin/functions/nobody", null)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await host.Http.PostAsync("/admin/functions/Product", null)).StatusCode);
        using var broken = new StringContent("{", Encoding.UTF8, "application/json");
        Assert.Equal(HttpStatusCode.BadRequest, (await host.Http.PostAsync("/admin/functions/Nightly", broken)).StatusCode);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "null", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Host", "evil.example", HttpStatusCode.MisdirectedRequest)]
    public async Task Web_pages_do_not_reach_what_asks_for_no_key(string header, string value, HttpStatusCode expected)
    {
        var before = host.App.Count("nightly False");
        foreach (var path in new[] { "/admin/functions/Nightly", "/admin/host/status", "/runtime/webhooks/durabletask/instances" })
        {
            using var request = new HttpRequestMessage(path.Contains("functions") ? HttpMethod.Post : HttpMethod.Get, path);
            request.Headers.Add(header, value);
            using var answer = await host.Http.SendAsync(request);
            Assert.Equal(expected, answer.StatusCode);
        }

        Assert.Equal(before, host.App.Count("nightly False"));
    }

    [Fact]
    public void It_listens_on_loopback_only()
    {
        var listening = System.Net.NetworkInformation.IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners();
        Assert.All(listening.Where(end => end.Port == host.App.Process.Url.Port), end => Assert.Equal(IPAddress.Loopback, end.Address));
    }
}
