using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Usage.Core.Access;
using Usage.Core.Accounts;
using Usage.Core.Ids;
using Usage.Functions.Access;
using Usage.Functions.Http;
using Usage.Functions.Http.Errors;
using Usage.Functions.Runs;
using Usage.Functions.Settings;
using Usage.Storage.Integrations;
using Usage.Storage.Unmatched;

namespace Usage.Functions.Unmatched;

/// <summary>Takes what somebody says of an identifier, or says what that would release.</summary>
public sealed class ResolveFunction(
    IntegrationStore integrations, ResolutionCheck check, ResolutionStore resolutions, ResolveStarter starter, ResolvePreviews previews,
    LargePreviews largePreviews, WorkLimits limits, UsageOptions options, TimeProvider clock)
{
    private static readonly Operation ResolveUnmatched =
        new Operation(
            nameof(ResolveUnmatched), "Says what an identifier is in the files of an integration, and imports the rows that wait for it.",
            Audience.Editor)
        .With("preview").Json<ResolveBody>(nameof(ResolveBody))
        .Answers<ResolvePreview>(nameof(ResolvePreview), 200, "What it would do; nothing is done.")
        .Answers<ResolveAnswer>(
            nameof(ResolveAnswer), 202,
            "It is said; the runs import what waited. Of a large preview: the run of kind test that counts it.")
        .Problem(404, 409);

    [Function(nameof(ResolveUnmatched))]
    public async Task<IActionResult> Resolve(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/unmatched/resolve")] HttpRequest http,
        [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, ResolveUnmatched);
        var preview = request.Flag("preview");
        var body = await request.JsonAsync<ResolveBody>(cancellationToken);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), options.GetZone()).DateTime);
        if ((body is null ? request.Problem : request.Judge(body.Validate(today))) is { } problem) return problem;
        if (await integrations.GetAsync(body!.Integration, cancellationToken) is null)
            return ProblemAnswer.NotFound("integration", body.Integration.Value);
        if (await check.FindAsync(body, cancellationToken) is { } refused) return refused;
        var resolution = body.ToResolution(request.Caller.Name, request.Trail?.At ?? clock.GetUtcNow());
        if (preview) return await PreviewAsync(client, request.Caller.Name, resolution, body.Create?.ToAccount(), cancellationToken);
        using var place = resolution.Account is null ? null : await limits.QueueAsync(resolution.Integration, cancellationToken);
        if (place?.Refusal is { } full) return full;
        var before = (await resolutions.ReadAsync(resolution.Integration, cancellationToken)).Find(resolution.By, resolution.Key);
        var created = body.Create is { } create ? request.Sign(create.ToAccount()) : null;
        var done = await starter.StartAsync(client, new ResolveIdentifier.Input(resolution, created), cancellationToken);
        if (done.Refusals.Count > 0) return ProblemAnswer.Conflict(done.Refusals);
        request.Trail?.Changes(before, resolution);
        return Answer.Accepted(new ResolveAnswer(done.Replays), "/runs");
    }

    private async Task<IActionResult> PreviewAsync(
        DurableTaskClient client, string by, Resolution resolution, Account? made, CancellationToken cancellationToken)
    {
        if (await previews.MakeAsync(resolution, made, cancellationToken) is { } preview) return Answer.Ok(preview);
        var (first, plan) = await previews.PlanAsync(resolution, made, cancellationToken);
        var counting = await largePreviews.StartAsync(client, by, first, plan, cancellationToken);
        return Answer.Accepted(new ResolveAnswer([counting]), $"/runs/{counting}");
    }
}

/// <param name="Runs">That import what waited.</param>
public sealed record ResolveAnswer(IReadOnlyList<RunId> Runs);
