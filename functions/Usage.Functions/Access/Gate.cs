using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Usage.Core;
using Usage.Core.Access;
using Usage.Functions.Http;
using Usage.Functions.Http.Errors;

namespace Usage.Functions.Access;

/// <summary>
/// The one place that lets requests in: who asks, how often, what the operation is for. Whatever it doesn't know is refused; the host
/// itself lets everything through to here.
/// </summary>
public sealed class Gate(SignIn signIn, CallLimits limits, DropperScope scope, Audit audit, AccessOptions options)
    : IFunctionsWorkerMiddleware
{
    private static readonly Dictionary<string, ApiEndpoint> Endpoints = ApiEndpoint.All.ToDictionary(endpoint => endpoint.Operation.Id);

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is not { } http)
        {
            await next(context);
            return;
        }

        // By which the log and the audit name it.
        http.Response.Headers["X-Request-Id"] = context.InvocationId;
        var endpoint = Endpoints[context.FunctionDefinition.Name];
        var refusal = await RefuseAsync(endpoint, context, http);
        if (refusal is not null) context.GetInvocationResult().Value = refusal;
        else await audit.FollowAsync(endpoint, context, http, () => next(context));
    }

    /// <returns>Null: the request may go on, and knows its caller.</returns>
    private async Task<ProblemAnswer?> RefuseAsync(ApiEndpoint endpoint, FunctionContext context, HttpContext http)
    {
        if (options.Local && OriginGuard.CheckHost(http.Request) is { } misdirected) return misdirected;
        if (endpoint.IsAnonymous) return null;
        if (limits.CheckWrongKeys(http.Request) is { } pause) return TooMany(pause, "Too many wrong keys came from your address.");
        if (await signIn.FindAsync(http.Request, context.CancellationToken) is not { } caller) return await UnknownAsync(context, http);
        if (limits.Count(caller) is { } wait) return TooMany(wait, "You asked too often.");
        if (OriginGuard.CheckOrigin(http.Request, caller) is { } foreign) return foreign;
        if (!caller.May(endpoint.Operation.Audience, endpoint.Operation.Droppers))
            return ProblemAnswer.Forbidden(endpoint.Role,
                $"\"{caller.Name}\" is {CoreJson.Word(caller.Role)}, and this needs {endpoint.Role}; ask an admin.");
        if (endpoint.Operation.Audience != Audience.Any && !endpoint.Operation.EachDropper
            && !await scope.IsWithinAsync(caller, http.Request, context.CancellationToken))
            return ProblemAnswer.Forbidden(CoreJson.Word(endpoint.Operation.Audience),
                $"\"{caller.Name}\" may use {string.Join(", ", caller.Integrations!)} only; name one of them as the integration.");
        http.Features.Set(caller);
        return null;
    }

    private async Task<ProblemAnswer> UnknownAsync(FunctionContext context, HttpContext http)
    {
        if (!signIn.HasKey(http.Request))
            return signIn.HasPrincipal(http.Request)
                ? ProblemAnswer.Unknown(signIn.Ways, "no-role",
                    "You are signed in, and have none of the app's roles (reader, editor, admin); ask who gives them in your organisation.")
                : ProblemAnswer.Unknown(signIn.Ways, "no-key", "This needs a key: send it in the header x-functions-key.");
        limits.CountWrongKey(http.Request);
        await audit.RefuseSignInAsync(http, context.InvocationId, context.CancellationToken);
        return ProblemAnswer.Unknown(signIn.Ways, "wrong-key",
            "The key is not known, was revoked or has expired; ask an admin for another.");
    }

    private static ProblemAnswer TooMany(TimeSpan wait, string why)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return ProblemAnswer.TooMany(seconds, $"{why} Try again in {seconds} s.");
    }
}
