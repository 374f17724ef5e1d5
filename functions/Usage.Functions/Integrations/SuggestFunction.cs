using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Usage.Core.Access;
using Usage.Core.Issues;
using Usage.Core.Suggestions;
using Usage.Functions.Http;
using Usage.Functions.Http.Errors;
using Usage.Storage.Accounts;
using Usage.Storage.Products;

namespace Usage.Functions.Integrations;

/// <summary>Proposes an integration for a CSV body; nothing is stored.</summary>
public sealed class SuggestFunction(ProductStore products, Roster roster)
{
    /// <summary>A sample is enough: the first thousand rows are looked at.</summary>
    internal const int MaxBytes = 8 << 20;

    public sealed record Body(IReadOnlyList<SuggestedColumn> Columns, IntegrationBody Integration, IReadOnlyList<SuggestionReason> Reasons);

    private static readonly Operation SuggestIntegration =
        new Operation(nameof(SuggestIntegration), "Proposes an integration for a CSV file or its beginning.", Audience.Editor).OnlyReads()
        .With("name").CsvOrWorkbook().Answers<SuggestFunction.Body>("Suggestion").Problem(413, 422);

    [Function(nameof(SuggestIntegration))]
    public async Task<IActionResult> Suggest(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "integrations/suggest")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var ask = new ApiRequest(request, SuggestIntegration);
        if (ask.Problem is { } problem) return problem;
        var file = (await BoundedBody.ReadAsync(request, MaxBytes, cancellationToken)).ToArray();
        var accounts = await roster.GetAsync(cancellationToken);
        var (suggestion, error) = await IntegrationSuggester.SuggestAsync(
            file, ask.Text("name") ?? "sample.csv", await products.ListAsync(cancellationToken), accounts.Matcher, cancellationToken);
        return suggestion is null
            ? Refused(error!)
            : Answer.Ok(new Body(suggestion.Columns, IntegrationBody.Of(suggestion.Integration), suggestion.Reasons));
    }

    private static ProblemAnswer Refused(RunError error) =>
        error.Code == IssueCode.NotACsv
            ? ProblemAnswer.Of(422, "Unprocessable content", error.Code, error.Message)
            : ProblemAnswer.BadRequest(new ApiError(error.Code, "", error.Message));
}
