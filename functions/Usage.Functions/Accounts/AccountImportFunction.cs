using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Usage.Functions.Http;
using Usage.Storage.Accounts;

namespace Usage.Functions.Accounts;

public sealed class AccountImportFunction(AccountImport import)
{
    /// <summary>Some 500,000 accounts.</summary>
    internal const int MaxBytes = 64 << 20;

    public sealed record Body(int Created, int Updated, int Unchanged, IReadOnlyList<RejectedRow> Rejected);

    [Function("ImportAccounts")]
    public async Task<IActionResult> Import(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "accounts/import")] HttpRequest request, CancellationToken cancel)
    {
        var ask = new ApiRequest(request);
        if (ask.Problem is { } problem) return problem;
        var (csv, errors) = AccountCsv.Read(await BoundedBody.ReadAsync(request, MaxBytes, cancel));
        if (csv is null) return ProblemAnswer.BadRequest(errors);
        var result = await import.ImportAsync(csv.Rows, cancel);
        return Answer.Ok(new Body(result.Created, result.Updated, result.Unchanged, [.. csv.Rejected.Concat(result.Rejected.SelectMany(Rows)).OrderBy(row => row.Row)]));
    }

    private static IEnumerable<RejectedRow> Rows(RejectedAccount rejected) => rejected.Conflicts.Select(conflict =>
    {
        var error = AccountConflict.Of(conflict, rejected.Row.Account);
        return new RejectedRow(rejected.Row.Row, rejected.Row.Account.Id.Value, error.Code, $"row {rejected.Row.Row}: {error.Message}");
    });
}
