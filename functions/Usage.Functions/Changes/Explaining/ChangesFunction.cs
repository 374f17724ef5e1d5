using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Usage.Core.Access;
using Usage.Core.Changes;
using Usage.Core.Ids;
using Usage.Core.Snapshots;
using Usage.Core.Values;
using Usage.Functions.Http;
using Usage.Functions.Http.Errors;
using Usage.Storage.Accounts;
using Usage.Storage.Changes;
using Usage.Storage.Runs;

namespace Usage.Functions.Changes.Explaining;

/// <summary>What a run changed, value by value.</summary>
public sealed class ChangesFunction(RunStore runs, RunLogs logs, Roster roster)
{
    /// <param name="New">Null: the value was taken away.</param>
    /// <param name="Old">Null: nothing was stored.</param>
    /// <param name="Row">Null where no file says it.</param>
    public sealed record Item(
        AccountId Account, ProductId Product, DateOnly Date, DimensionId Dimension, UsageValue? Old, UsageValue? New, long? Row);

    private static readonly Operation ListRunChanges =
        new Operation(nameof(ListRunChanges), "What a run changed, value by value; with unchanged=true what it confirmed, too.",
            Audience.Reader)
        .With("product", "date", "account", "unchanged").Paged().Answers<Page<ChangesFunction.Item>>("ChangePage");

    [Function(nameof(ListRunChanges))]
    public async Task<IActionResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/runs/{run}/changes")] HttpRequest http, string run,
        CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, ListRunChanges);
        var id = request.Id<RunId>(run, "run");
        var scope = new ChangeScope(request.QueryId<AccountId>("account"), request.QueryId<ProductId>("product"), request.Date("date"));
        var (unchanged, page) = (request.Flag("unchanged"), request.Page());
        var after = (Piece: 0, Cell: 0);
        if (page.After is { } text && !TryRead(text, out after))
            request.Refuse(ApiErrorCode.InvalidValue, "after", "expected the \"next\" of the page before");
        if (request.Problem is { } problem) return problem;
        if (await runs.FindAsync(id, cancellationToken) is null) return ProblemAnswer.NotFound("run", run);
        if (await logs.FindIndexAsync(id, cancellationToken) is not { } index) return Answer.Ok(new Page<Item>([], null));
        var found = await FindAsync(id, index, scope, unchanged, after, page.Top + 1, cancellationToken);
        if (found.Count <= page.Top) return Answer.Ok(new Page<Item>([.. found.Select(one => one.Item)], null));
        var (piece, cell, _) = found[page.Top - 1];
        return Answer.Ok(new Page<Item>([.. found.Take(page.Top).Select(one => one.Item)], Cursor.Encode($"{piece} {cell}")));
    }

    /// <summary>Changes with their places: of the piece, and of the value in it from 1.</summary>
    private async Task<List<(int Piece, int Cell, Item Item)>> FindAsync(
        RunId run, LogIndex index, ChangeScope scope, bool unchanged, (int Piece, int Cell) after, int top,
        CancellationToken cancellationToken)
    {
        var (accounts, found) = (await roster.GetAsync(cancellationToken), new List<(int, int, Item)>());
        int? block = scope.Account is { } one ? accounts.Find(one) is { } account ? Partitioning.Block(account.Ordinal) : -1 : null;
        for (var piece = after.Piece; piece < index.Pieces.Count && found.Count < top; piece++)
        {
            if (block is { } only && !(only >= index.Pieces[piece].First && only <= index.Pieces[piece].Last)) continue;
            var cell = 0;
            await foreach (var group in logs.ReadAsync(run, [index.Pieces[piece]], cancellationToken))
            {
                var product = index.Header.Products[group.Product];
                foreach (var (writes, write) in group.Accounts.SelectMany(account => account.Cells.Select(write => (account, write))))
                {
                    cell++;
                    if (found.Count == top) break;
                    if (piece == after.Piece && cell <= after.Cell) continue;
                    if (write.Kind == WriteKind.Superseded || (write.Kind == WriteKind.Unchanged && !unchanged)) continue;
                    if (accounts.IdOf(writes.Account) is not { } id) continue;
                    if (!scope.Contains(id, product.Id, group.Date, product.Dimensions[write.Dimension])) continue;
                    found.Add((piece, cell, new Item(
                        id, product.Id, group.Date, product.Dimensions[write.Dimension], write.Old, write.New,
                        write.Source.Row == 0 ? null : write.Source.Row)));
                }
            }
        }

        return found;
    }

    private static bool TryRead(string text, out (int, int) place)
    {
        place = default;
        if (text.Split(' ') is not [var piece, var cell] || !int.TryParse(piece, out var first) || !int.TryParse(cell, out var second)
            || first < 0 || second < 0) return false;
        place = (first, second);
        return true;
    }
}
