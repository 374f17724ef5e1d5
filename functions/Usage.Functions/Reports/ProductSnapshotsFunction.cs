using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Usage.Core.Access;
using Usage.Core.Ids;
using Usage.Core.Values;
using Usage.Functions.Http;
using Usage.Functions.Http.Errors;
using Usage.Storage.Accounts;
using Usage.Storage.Products;
using Usage.Storage.Reports;

namespace Usage.Functions.Reports;

/// <summary>All snapshots of a product on one date, the latest when none is named.</summary>
public sealed class ProductSnapshotsFunction(ProductStore products, ProductDates dates, DateSnapshotReader snapshots, Roster roster)
{
    public sealed record Item(
        AccountName Account, DateOnly Date, IReadOnlyDictionary<DimensionId, UsageValue> Values, RunId Run, long? Row);

    private static readonly Operation ListProductSnapshots =
        new Operation(nameof(ListProductSnapshots), "All snapshots of a product on a date, the latest when none is named.", Audience.Reader)
        .With("date").Paged().Answers<Page<ProductSnapshotsFunction.Item>>("SnapshotPage").AnswersCsv();

    [Function(nameof(ListProductSnapshots))]
    public async Task<IActionResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/products/{product}/snapshots")] HttpRequest http, string product,
        CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, ListProductSnapshots);
        var id = request.Id<ProductId>(product, "product");
        var asked = request.Date("date");
        var page = request.Page();
        if (request.Problem is { } problem) return problem;
        if (await products.GetAsync(id, cancellationToken) is not { } stored) return ProblemAnswer.NotFound("product", product);
        var date = asked ?? await dates.LatestAsync(id, cancellationToken);
        if (page.After is { } after && !(date is { } of && DateSnapshotReader.IsPosition(after, id, of)))
        {
            request.Refuse(ApiErrorCode.InvalidValue, "after", "expected the \"next\" of the page before, of the same product and date");
            return request.Problem!;
        }

        var accounts = await roster.GetAsync(cancellationToken);
        if (request.WantsCsv) return new SnapshotCsvAnswer(stored.Value, date, Snapshots(PageRequest.MaxTop), accounts);
        var found = await Snapshots(page.Top + 1).Take(page.Top + 1).ToListAsync(cancellationToken);
        var cut = page.Cut(found, placed => placed.Position);
        return Answer.Ok(new Page<Item>([.. cut.Items.Select(placed => Shown(placed.Snapshot, accounts))], cut.Next));

        IAsyncEnumerable<PlacedSnapshot> Snapshots(int atOnce) =>
            date is { } day ? snapshots.ReadAsync(id, day, page.After, atOnce, cancellationToken) : AsyncEnumerable.Empty<PlacedSnapshot>();
    }

    private static Item Shown(StoredSnapshot snapshot, RosterSnapshot accounts) =>
        new(NameOf(snapshot.Account, accounts), snapshot.Date, snapshot.Values, snapshot.Run, snapshot.Row);

    internal static AccountName NameOf(AccountId id, RosterSnapshot accounts) => new(id, accounts.Find(id)?.Account.Name ?? id.Value);
}
