using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Usage.Core.Access;
using Usage.Core.Ids;
using Usage.Core.Issues;
using Usage.Functions.Http;
using Usage.Functions.Http.Errors;

namespace Usage.Functions.Runs.Rows;

/// <summary>The rows of a run's file, and what became of each.</summary>
public sealed class RowsFunction(KeptRuns runs, RowPages pages)
{
    private static readonly Operation ListRunRows = new Operation(
        nameof(ListRunRows),
        "The rows of a run as they stood in its file, and what became of them. A page may have fewer rows than asked for, none at all too, "
            + "and a next: so far it was looked.",
        Audience.Editor)
        .With("outcome", "code", "column", "account", "product", "date", "dimension").Paged().Answers<Page<RunRow>>("RunRowPage");

    [Function(nameof(ListRunRows))]
    public async Task<IActionResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/runs/{run}/rows")] HttpRequest http, string run,
        CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, ListRunRows);
        var id = request.Id<RunId>(run, "run");
        var filter = new RowFilter(
            request.OneOf<RowOutcome>("outcome"), request.Text("code"), request.Text("column")?.Trim(),
            request.QueryId<AccountId>("account"),
            request.QueryId<ProductId>("product"), request.Date("date"), request.QueryId<DimensionId>("dimension"));
        var (page, after) = (request.Page(), 0L);
        if (page.After is { } text && !TryRead(text, out after))
            request.Refuse(ApiErrorCode.InvalidValue, "after", "expected the \"next\" of the page before");
        if (request.Problem is { } problem) return problem;
        var (kept, missing) = await runs.FindAsync(id, cancellationToken);
        if (missing is not null) return missing;
        if (kept is null) return Answer.Ok(new Page<RunRow>([], null));
        var found = await pages.ReadAsync(kept, filter, after, page.Top, cancellationToken);
        request.Trail?.ShowsRawRows();
        return Answer.Ok(new Page<RunRow>(
            found.Rows, found.Next is { } next ? Cursor.Encode(next.ToString(CultureInfo.InvariantCulture)) : null));
    }

    private static readonly Operation GetRunRow =
        new Operation(nameof(GetRunRow), "A row of a run as it stood in its file, and what became of it.", Audience.Editor)
        .Answers<RunRow>("RunRow");

    [Function(nameof(GetRunRow))]
    public async Task<IActionResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/runs/{run}/rows/{row}")] HttpRequest http, string run, string row,
        CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, GetRunRow);
        var id = request.Id<RunId>(run, "run");
        if (!TryRead(row, out var number) || number == 0) request.Miss("row", row);
        if (request.Problem is { } problem) return problem;
        var (kept, missing) = await runs.FindAsync(id, cancellationToken);
        if (missing is not null) return missing;
        if (kept is null || number > kept.Plan.Rows || kept.Rows.Erased.Has(number)) return ProblemAnswer.NotFound("row", row);
        var found = await pages.ReadAsync(kept, RowFilter.All, number - 1, 1, cancellationToken);
        request.Trail?.ShowsRawRows();
        return Answer.Ok(found.Rows[0]);
    }

    private static bool TryRead(string text, out long row) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out row);
}
