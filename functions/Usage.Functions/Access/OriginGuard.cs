using System.Net;
using Microsoft.AspNetCore.Http;
using Usage.Core.Access;
using Usage.Functions.Http.Errors;

namespace Usage.Functions.Access;

/// <summary>Keeps other web pages in a user's browser from using what lets that user in: the machine itself, or a cookie.</summary>
public static class OriginGuard
{
    /// <summary>A name of another host that leads to this machine is how a page gets around the browser's rules.</summary>
    public static ProblemAnswer? CheckHost(HttpRequest request)
    {
        var host = request.Host.Host;
        if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address)))
            return null;
        return ProblemAnswer.Of(421, "Misdirected request", "host-not-loopback",
            "The app on this machine answers to localhost and 127.0.0.1 only.");
    }

    /// <summary>Writes only from pages of the app itself, or from what is no browser.</summary>
    public static ProblemAnswer? CheckOrigin(HttpRequest request, Caller caller)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) return null;
        var byCookie = SignIn.IsByCookie(caller, request);
        if (!byCookie && caller.SignIn != SignInKind.Local) return null;
        var origin = request.Headers.Origin.ToString();
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        var isOwn = origin.Length > 0
            && Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority == request.Host.ToUriComponent()
            // In Azure TLS may end before the app.
            && from.UserInfo.Length == 0 && (byCookie || from.Scheme == request.Scheme);
        // A browser names neither where a person typed an address, which is no write; a cookie without both is no page of ours.
        // What only the browser can say counts there: a proxy in front may have given the request another host's name.
        var ok = byCookie ? isOwn || site == "same-origin" : (origin.Length == 0 || isOwn) && site != "cross-site";
        return ok ? null : ProblemAnswer.Of(403, "Forbidden", "foreign-origin",
            "Another web page asked for this; only the app's own pages, and programs, may change something.");
    }
}
