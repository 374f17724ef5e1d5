using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.Azure.Functions.Worker;
using Usage.Core.Access;
using Usage.Functions.Http;
using Usage.Functions.Http.Callers;
using Usage.Storage.Access;

namespace Usage.Functions.Access;

/// <summary>
/// Writes down what is changed before it is, and how it ended after; a change that can't be written down isn't made. Reading rows as they
/// came is written down before they are answered.
/// </summary>
public sealed class Audit(AuditLog log, TimeProvider clock)
{
    private const int LongestResource = 1_000;

    internal async Task FollowAsync(ApiEndpoint endpoint, FunctionContext context, HttpContext http, Func<Task> act)
    {
        var entry = Entry(endpoint.Operation.Id, http, http.Features.Get<Caller>()?.Name ?? "anonymous", context.InvocationId);
        var trail = new AuditTrail(entry.At);
        http.Features.Set(trail);
        if (endpoint.Changes) await log.WriteAsync(entry, context.CancellationToken);
        await act();
        if (!endpoint.Changes && !trail.HasRawRows) return;
        var status = (context.GetInvocationResult().Value as IStatusCodeActionResult)?.StatusCode ?? StatusCodes.Status200OK;
        // It is done, whether or not the caller still waits.
        var ended = entry with { Before = trail.Before, After = trail.After, Status = status, Resource = trail.Resource ?? entry.Resource };
        await log.WriteAsync(ended, CancellationToken.None);
    }

    internal Task RefuseSignInAsync(HttpContext http, string requestId, CancellationToken cancellationToken) => log.WriteAsync(
        Entry(AuditEntry.SignInFailed, http, CallLimits.Address(http.Request), requestId, StatusCodes.Status401Unauthorized),
        cancellationToken);

    private AuditEntry Entry(string action, HttpContext http, string actor, string requestId, int? status = null)
    {
        var path = http.Request.Path.Value ?? "";
        var resource = path.StartsWith("/api/", StringComparison.OrdinalIgnoreCase) ? path["/api/".Length..] : path.TrimStart('/');
        return new AuditEntry
        {
            At = clock.GetUtcNow(),
            Actor = actor,
            Action = action,
            RequestId = requestId,
            Status = status,
            Resource = resource[..Math.Min(resource.Length, LongestResource)],
        };
    }
}
