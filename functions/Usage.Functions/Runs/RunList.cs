using Microsoft.AspNetCore.Mvc;
using Usage.Core.Ids;
using Usage.Functions.Http;
using Usage.Functions.Http.Errors;
using Usage.Storage.Runs;

namespace Usage.Functions.Runs;

/// <summary>A page of runs, newest first; <c>after</c> is the id of the last one seen.</summary>
public sealed class RunList(RunStore runs, MendedRuns mended)
{
    public async Task<IActionResult> AnswerAsync(ApiRequest request, RunFilter filter, CancellationToken cancellationToken)
    {
        var page = request.Page();
        RunId? after = null;
        if (page.After is { } text)
        {
            if (RunId.TryParse(text, out var id)) after = id;
            else request.Refuse(ApiErrorCode.InvalidValue, "after", "expected the \"next\" of the page before");
        }

        var count = request.Flag("count");
        if (request.Problem is { } problem) return problem;
        var found = await runs.ListAsync(filter, page.Top + 1, after, cancellationToken);
        var cut = page.Cut([.. await mended.OfAsync(found, cancellationToken)], run => run.Id.Value);
        return Answer.Ok(cut with { Count = count ? await runs.CountAsync(filter, cancellationToken) : null });
    }
}
