using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Usage.Core.Access;
using Usage.Core.Accounts;
using Usage.Core.Accounts.Near;
using Usage.Core.Accounts.Unmatched;
using Usage.Core.Ids;
using Usage.Functions.Http;
using Usage.Functions.Http.Errors;
using Usage.Storage.Accounts;
using Usage.Storage.Unmatched;

namespace Usage.Functions.Unmatched;

/// <summary>Identifiers that found no account, or several.</summary>
public sealed class UnmatchedFunction(UnmatchedList unmatched)
{
    /// <param name="Key">As files name it.</param>
    /// <param name="Periods">The latest 100 of the dates that its rows would be recorded for.</param>
    /// <param name="Context">Other cells of one of its rows; null for those who don't see rows as they came.</param>
    public sealed record Item(
        IntegrationId Integration, MatchBy By, string Key, long Rows, IReadOnlyList<DateOnly> Periods,
        IReadOnlyDictionary<string, string>? Context, DateTimeOffset FirstSeen, RunId LastRun, IReadOnlyList<Candidate> Candidates);

    private static readonly Operation ListUnmatched =
        new Operation(nameof(ListUnmatched), "Identifiers that found no account, or several, most rows first.", Audience.Reader)
        .With("integration", "search", "count").Paged().Answers<Page<UnmatchedFunction.Item>>("UnmatchedPage");

    [Function(nameof(ListUnmatched))]
    public async Task<IActionResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/unmatched")] HttpRequest http,
        CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, ListUnmatched);
        var (integration, search) = (request.QueryId<IntegrationId>("integration"), request.Text("search")?.Trim());
        var count = request.Flag("count");
        var page = request.Page();
        UnmatchedPlace? after = null;
        if (page.After is { } place && !UnmatchedPlace.TryParse(place, out after))
            request.Refuse(ApiErrorCode.InvalidValue, "after", "expected the \"next\" of the page before");
        if (request.Problem is { } problem) return problem;
        var query = new UnmatchedList.Query(integration, search is { Length: > 0 } ? search : null, request.Caller.SeesRawRows);
        var basis = await unmatched.OpenAsync(query, cancellationToken);
        var found = await unmatched.ReadAsync(query, basis, after, query.Search is not null, cancellationToken)
            .Take(page.Top + 1).ToListAsync(cancellationToken);
        var cut = page.Cut(found, key => new UnmatchedPlace(key).ToString());
        var items = cut.Items.Select(one => Shown(one, basis.Accounts, query.SeesRawRows)).ToList();
        if (items.Exists(item => item.Context is { Count: > 0 })) request.Trail?.ShowsRawRows();
        return Answer.Ok(new Page<Item>(items, cut.Next)
        {
            Count = count ? await unmatched.CountAsync(query, basis, cancellationToken) : null,
        });
    }

    private static Item Shown(UnmatchedKey one, RosterSnapshot accounts, bool seesRawRows)
    {
        var key = one.Key;
        // What a cell speaks for would tell of the cell.
        var cells = seesRawRows ? WaitingDetails.Cells(key.PackedContext) : [];
        return new Item(
            one.Integration, key.By, key.Text, key.Rows, WaitingDetails.Dates(key.PackedDates),
            seesRawRows ? cells.DistinctBy(cell => cell.Column).ToDictionary(cell => cell.Column, cell => cell.Text) : null,
            key.FirstSeen, new RunId(key.LastRun), accounts.Near.Find(key.By, key.Text, cells));
    }
}
