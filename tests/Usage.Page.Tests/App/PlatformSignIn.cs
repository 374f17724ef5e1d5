using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace Usage.Page.Tests.App;

/// <summary>
/// Stands in front of the app as App Service's sign-in does: a cookie of its own says who a browser is, and only it may say so to the app,
/// by a header that it takes out of what comes from outside. The app sees another host's name than the browser's. Also serves a page of
/// somebody else, under another name.
/// </summary>
internal sealed class PlatformSignIn : HttpTransformer, IAsyncDisposable
{
    private const string Cookie = "AppServiceAuthSession";
    private const string Principal = "X-MS-CLIENT-PRINCIPAL";

    private readonly HttpMessageInvoker _client =
        new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false });
    private readonly WebApplication _server;

    private PlatformSignIn(Uri app)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddHttpForwarder();
        builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.Loopback, 0));
        _server = builder.Build();
        var forwarder = _server.Services.GetRequiredService<IHttpForwarder>();
        // As the real one answers who isn't signed in.
        _server.MapGet("/.auth/me", () => Results.Unauthorized());
        _server.MapGet("/.auth/login/aad", SignIn);
        _server.MapGet("/.auth/logout", (HttpContext context, string post_logout_redirect_uri) =>
        {
            context.Response.Cookies.Delete(Cookie);
            return Results.LocalRedirect(post_logout_redirect_uri);
        });
        _server.MapGet("/elsewhere", (string asks) => Results.Content(
            $"<form method='post' action='{Root}{asks}'><button>You have won</button></form>", "text/html"));
        _server.Map("{**path}", async (HttpContext context) =>
        {
            await forwarder.SendAsync(context, app.AbsoluteUri, _client, ForwarderRequestConfig.Empty, this);
        });
    }

    /// <summary>The roles of whoever signs in next; their name is Ann.</summary>
    public string[] Roles { get; set; } = [];

    public Uri Root => new(_server.Urls.First() + "/");

    /// <summary>The same server under a name that is another site to a browser.</summary>
    public Uri Elsewhere(string asks) => new($"http://localhost:{Root.Port}/elsewhere?asks={Uri.EscapeDataString(asks)}");

    public static async Task<PlatformSignIn> StartAsync(Uri app)
    {
        var platform = new PlatformSignIn(app);
        await platform._server.StartAsync();
        return platform;
    }

    public override async ValueTask TransformRequestAsync(
        HttpContext context, HttpRequestMessage request, string destination, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(context, request, destination, cancellationToken);
        request.Headers.Host = null;
        request.Headers.Remove(Principal);
        if (context.Request.Cookies[Cookie] is { } signedIn) request.Headers.Add(Principal, signedIn);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _client.Dispose();
    }

    private IResult SignIn(HttpContext context, string post_login_redirect_uri)
    {
        var claims = Roles.Select(role => new { typ = "roles", val = role }).Append(new { typ = "name", val = "Ann" });
        var principal = JsonSerializer.Serialize(new { auth_typ = "aad", name_typ = "name", role_typ = "roles", claims });
        // As the real one sets it: other sites' pages send it along.
        context.Response.Cookies.Append(Cookie, Convert.ToBase64String(Encoding.UTF8.GetBytes(principal)), new CookieOptions
        {
            HttpOnly = true,
            Secure = true,
            SameSite = SameSiteMode.None,
        });
        return Results.LocalRedirect(post_login_redirect_uri);
    }
}
