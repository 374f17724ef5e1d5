using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Usage.Core.Access;
using Usage.Core.Files;
using Usage.Core.Products;
using Usage.Core.Suggestions;
using Usage.Core.Suggestions.Reasons;
using Usage.Core.Values;
using Usage.Functions.Access;
using Usage.Functions.Http;
using Usage.Functions.Http.Bodies;
using Usage.Functions.Http.Errors;
using Usage.Functions.Settings;
using Usage.Functions.Uploads;
using Usage.Storage.Accounts;
using Usage.Storage.Products;

namespace Usage.Functions.Integrations;

/// <summary>Proposes an integration for a file, the body or an upload; nothing is stored.</summary>
public sealed class SuggestFunction(
    ProductStore products, Roster roster, OwnUploads uploads, WorkLimits limits, UsageOptions options, TimeProvider clock)
{
    /// <param name="Products">To be made first, where none that is there fits.</param>
    public sealed record Body(
        SuggestedFile File, IReadOnlyList<SuggestedColumn> Columns, IntegrationBody Integration, IReadOnlyList<ProposedProduct> Products,
        IReadOnlyList<SuggestionReason> Reasons, IReadOnlyList<SuggestionWarning> Warnings, IReadOnlyList<SuggestionChoice> Choices);

    private static readonly Operation SuggestIntegration =
        new Operation(nameof(SuggestIntegration), "Proposes an integration for a file, by its beginning and its end.", Audience.Editor)
        .OnlyReads().With("name").CsvOrWorkbook().Json<SuggestBody>(nameof(SuggestBody))
        .Answers<SuggestFunction.Body>("Suggestion").Problem(404, 409, 422);

    [Function(nameof(SuggestIntegration))]
    public async Task<IActionResult> Suggest(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/integrations/suggest")] HttpRequest http,
        CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, SuggestIntegration);
        var name = request.Text("name");
        if (name is not null && FileNames.Problem(name) is { } wrong) request.Refuse(ApiErrorCode.InvalidValue, "name", wrong);
        var body = FileBody.IsJson(http) ? await request.JsonAsync<SuggestBody>(cancellationToken) : null;
        if (body?.HeaderRow < 1)
            request.Refuse(ApiErrorCode.InvalidValue, "headerRow", $"found {body.HeaderRow}, expected the header's line, 1 for the first");
        if (request.Problem is { } problem) return problem;
        var (upload, refusal) = body is null ? default : await uploads.FindWholeAsync(request, body.Upload, cancellationToken);
        if (refusal is not null) return refusal;
        using var place = limits.Suggest();
        if (place.Refusal is { } busy) return busy;
        await using var file = upload is null
            ? FileBody.Open(http, options.Limits.MaxFileBytes) : await uploads.OpenAsync(upload, cancellationToken);
        var accounts = await roster.GetAsync(cancellationToken);
        var (suggestion, error) = await IntegrationSuggester.SuggestAsync(
            file, name ?? upload?.Name ?? "usage.csv", body?.Said() ?? new FileFormat(), await products.ListAsync(cancellationToken),
            accounts.Matcher, SnapshotDates.ArrivalDate(clock.GetUtcNow(), options.GetZone()), cancellationToken);
        return suggestion is null ? Problems.OfFile(error!) : Answer.Ok(Told(suggestion));
    }

    private static Body Told(Suggestion suggestion) => new(
        suggestion.File, suggestion.Columns, IntegrationBody.Of(suggestion.Integration), suggestion.Products, suggestion.Reasons,
        suggestion.Warnings, suggestion.Choices);
}
