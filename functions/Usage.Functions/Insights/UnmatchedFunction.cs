using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Usage.Core.Access;
using Usage.Core.Accounts;
using Usage.Core.Accounts.Near;
using Usage.Core.Ids;
using Usage.Functions.Http;
using Usage.Functions.Http.Errors;
using Usage.Storage.Accounts;
using Usage.Storage.Reports;

namespace Usage.Functions.Insights;

/// <summary>Identifiers that found no account, or several; those that find one meanwhile are not told any more.</summary>
public sealed class UnmatchedFunction(UnmatchedReader unmatched, Roster roster)
{
    /// <param name="Key">As files name it; null for those who don't see rows as they came.</param>
    public sealed record Item(
        IntegrationId Integration, MatchBy By, string? Key, long Rows, RunId LastRun, IReadOnlyList<Candidate> Candidates);

    private static readonly Operation ListUnmatched =
        new Operation(nameof(ListUnmatched), "Identifiers that found no account, or several.", Audience.Reader)
        .With("integration").Paged().Answers<Page<UnmatchedFunction.Item>>("UnmatchedPage");

    [Function(nameof(ListUnmatched))]
    public async Task<IActionResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "unmatched")] HttpRequest request, CancellationToken cancellationToken)
    {
        var ask = new ApiRequest(request, ListUnmatched);
        var integration = ask.QueryId<IntegrationId>("integration");
        var page = ask.Page();
        if (page.After is { } after && after.Split('\n').Length != 2)
            ask.Refuse(ApiErrorCode.InvalidValue, "after", "expected the \"next\" of the page before");
        if (ask.Problem is { } problem) return problem;
        var accounts = await roster.GetAsync(cancellationToken);
        var open = await unmatched.ReadAsync(integration, page.After, cancellationToken)
            .Where(key => !accounts.Matcher.Find(key.By, key.Key).IsOne)
            .Take(page.Top + 1)
            .ToListAsync(cancellationToken);
        var cut = page.Cut(open, key => key.Position);
        return Answer.Ok(new Page<Item>(
            [.. cut.Items.Select(
                key => new Item(
                    key.Integration, key.By, ask.Caller.SeesRawRows ? key.Key : null, key.Rows, key.LastRun,
                    accounts.Near.Find(key.By, key.Key)))], cut.Next));
    }
}
