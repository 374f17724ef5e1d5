using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Usage.Core.Access;
using Usage.Core.Accounts;
using Usage.Core.Problems;
using Usage.Functions.Http;
using Usage.Functions.Http.Bodies;
using Usage.Functions.Http.Errors;
using Usage.Storage.Accounts.Importing;

namespace Usage.Functions.Accounts;

public sealed class AccountImportFunction(AccountImport import)
{
    /// <summary>Some 500,000 accounts.</summary>
    internal const int MaxBytes = 64 << 20;

    /// <param name="Warnings">Columns that are ignored.</param>
    public sealed record Body(
        int Created, int Updated, int Unchanged, IReadOnlyList<RejectedRow> Rejected, IReadOnlyList<ApiError> Warnings);

    private static readonly Operation ImportAccounts =
        new Operation(
            nameof(ImportAccounts), "Makes and changes accounts: account_id,name,crm_id,domains,aliases, the last two separated by ;.",
            Audience.Editor)
        .Csv().Answers<AccountImportFunction.Body>("AccountImport").Problem(413);

    [Function(nameof(ImportAccounts))]
    public async Task<IActionResult> Import(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/accounts/import")] HttpRequest http,
        CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, ImportAccounts);
        if (request.Problem is { } problem) return problem;
        var sheet = AccountSheet.Read(await BoundedBody.ReadAsync(http, MaxBytes, cancellationToken), out var problems);
        if (sheet is null) return Problems.Answer(problems)!;
        var result = await import.ImportAsync(sheet.Rows, request.Sign, cancellationToken);
        request.Trail?.Changes(null, new { result.Created, result.Updated, result.Unchanged, Rejected = result.Rejected.Count });
        return Answer.Ok(new Body(
            result.Created, result.Updated, result.Unchanged,
            [.. sheet.Rejected.Concat(result.Rejected.SelectMany(Rejections)).OrderBy(row => row.Row)],
            Problems.Warnings(sheet.Warnings)));
    }

    private static IEnumerable<RejectedRow> Rejections(RejectedAccount rejected)
    {
        var (row, id) = (rejected.Row.Row, rejected.Row.Id.Value);
        if (rejected.Conflicts.Count == 0)
            return [new(row, id, ProblemCode.Required,
                $"row {row}: found no column \"name\", expected one, since account \"{id}\" is new")];
        return rejected.Conflicts.Select(conflict => AccountConflict.Of(conflict, rejected.Account))
            .Select(error => new RejectedRow(row, id, error.Code, $"row {row}: {error.Message}"));
    }
}
