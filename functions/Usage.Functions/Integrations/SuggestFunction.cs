using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Usage.Core.Access;
using Usage.Core.Files;
using Usage.Core.Issues;
using Usage.Core.Products;
using Usage.Core.Suggestions;
using Usage.Core.Suggestions.Proposals;
using Usage.Functions.Access;
using Usage.Functions.Http;
using Usage.Functions.Http.Errors;
using Usage.Functions.Settings;
using Usage.Storage.Accounts;
using Usage.Storage.Products;

namespace Usage.Functions.Integrations;

/// <summary>Proposes an integration for a CSV body; nothing is stored.</summary>
public sealed class SuggestFunction(ProductStore products, Roster roster, WorkLimits limits, UsageOptions options, TimeProvider clock)
{
    /// <param name="Products">To be made first, where none that is there fits.</param>
    public sealed record Body(
        SuggestedFile File, IReadOnlyList<SuggestedColumn> Columns, IntegrationBody Integration, IReadOnlyList<ProposedProduct> Products,
        IReadOnlyList<SuggestionReason> Reasons, IReadOnlyList<SuggestionWarning> Warnings, IReadOnlyList<SuggestionChoice> Choices);

    private static readonly Operation SuggestIntegration =
        new Operation(nameof(SuggestIntegration), "Proposes an integration for a file, by its beginning and its end.", Audience.Editor)
        .OnlyReads().With("name").CsvOrWorkbook().Answers<SuggestFunction.Body>("Suggestion").Problem(413, 422);

    [Function(nameof(SuggestIntegration))]
    public async Task<IActionResult> Suggest(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/integrations/suggest")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var ask = new ApiRequest(request, SuggestIntegration);
        var name = ask.Text("name");
        if (name is not null && FileNames.Problem(name) is { } wrong) ask.Refuse(ApiErrorCode.InvalidValue, "name", wrong);
        if (ask.Problem is { } problem) return problem;
        using var place = limits.Suggest();
        if (place.Refusal is { } busy) return busy;
        var limit = options.Limits.MaxFileBytes;
        if (request.ContentLength > limit) return ProblemAnswer.TooLarge(limit);
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
        var accounts = await roster.GetAsync(cancellationToken);
        var (suggestion, error) = await IntegrationSuggester.SuggestAsync(
            new LimitedStream(request.Body, limit), name ?? "usage.csv", await products.ListAsync(cancellationToken), accounts.Matcher,
            SnapshotDates.ArrivalDate(clock.GetUtcNow(), options.GetZone()), cancellationToken);
        return suggestion is null ? Refused(error!) : Answer.Ok(Told(suggestion));
    }

    private static Body Told(Suggestion suggestion) => new(
        suggestion.File, suggestion.Columns, IntegrationBody.Of(suggestion.Integration), suggestion.Products, suggestion.Reasons,
        suggestion.Warnings, suggestion.Choices);

    private static ProblemAnswer Refused(RunError error) =>
        error.Code == IssueCode.NotACsv
            ? ProblemAnswer.Of(422, "Unprocessable content", error.Code, error.Message)
            : ProblemAnswer.BadRequest(new ApiError(error.Code, "", error.Message));
}
