using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Usage.Core;
using Usage.Core.Access;
using Usage.Functions.Http;
using Usage.Functions.Http.Errors;
using Usage.Storage.Access;

namespace Usage.Functions.Access;

/// <summary>Who did what, the newest first.</summary>
public sealed class AuditFunction(AuditLog log)
{
    private static readonly Operation ListAudit = new Operation(nameof(ListAudit), "Who did what, the newest first.", Audience.Admin)
        .With("actor", "action", "resource", "from", "to").Paged().Answers<Page<AuditEntry>>("AuditEntryPage").AnswersCsv();

    [Function(nameof(ListAudit))]
    public async Task<IActionResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/audit")] HttpRequest http, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, ListAudit);
        var (actor, action, resource) = (request.Text("actor"), request.Text("action"), request.Text("resource"));
        var (from, to, page) = (request.Date("from"), request.Date("to"), request.Page());
        if (action is not null && action != AuditEntry.SignInFailed && ApiEndpoint.All.All(endpoint => endpoint.Operation.Id != action))
            request.Refuse(ApiErrorCode.InvalidValue, "action",
                $"found \"{CellText.Shown(action)}\", expected an operationId of openapi.json, as in PutProduct, or "
                    + AuditEntry.SignInFailed);
        if (page.After is { } after && after.Split('|').Length != 2)
            request.Refuse(ApiErrorCode.InvalidValue, "after", "expected the \"next\" of the page before");
        if (request.Problem is { } problem) return problem;
        var found = log.ListAsync(Begin(from), Begin(to?.AddDays(1)), page.After, cancellationToken).Where(entry =>
            (actor is null || entry.Actor == actor) && (action is null || entry.Action == action)
            && (resource is null || entry.Resource == resource
                || entry.Resource.StartsWith($"{resource}/", StringComparison.Ordinal)));
        if (request.WantsCsv) return new AuditCsvAnswer(found);
        return Answer.Ok(page.Cut(await found.Take(page.Top + 1).ToListAsync(cancellationToken), AuditLog.Key));
    }

    /// <summary>Days of UTC, both included.</summary>
    private static DateTimeOffset? Begin(DateOnly? day) => day is { } date ? new DateTimeOffset(date, default, TimeSpan.Zero) : null;
}
