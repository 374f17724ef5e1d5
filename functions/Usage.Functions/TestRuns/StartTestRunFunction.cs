using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Usage.Core;
using Usage.Core.Access;
using Usage.Core.Files;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Functions.Access;
using Usage.Functions.Http;
using Usage.Functions.Http.Bodies;
using Usage.Functions.Http.Errors;
using Usage.Functions.Runs;
using Usage.Functions.Settings;
using Usage.Functions.Uploads;

namespace Usage.Functions.TestRuns;

/// <summary>
/// Tries a file out: a CSV body, or a file in <c>imports</c>, or an upload, or one in a form with the integration to try.
/// </summary>
public sealed class StartTestRunFunction(
    TestRunStarter starter, DraftReader drafts, OwnUploads uploads, WorkLimits limits, UsageOptions options)
{
    private static readonly Operation StartTestRun =
        new Operation(nameof(StartTestRun), "Tries a file out: a CSV body, a blob or an upload, or a form with file and integration.",
            Audience.Editor).AlsoDroppers()
        .With("integration", "name", "date").CsvOrWorkbook().Json<TestRunBody>("TestRunBody")
        .Form(new("file", File: true), new("integration"), new("products", Optional: true))
        .Answers<RunReference>("RunReference", 202, "Its run is queued.").Problem(404, 409, 413);

    [Function(nameof(StartTestRun))]
    public async Task<IActionResult> Start(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/test-runs")] HttpRequest http,
        [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, StartTestRun);
        var said = Said(request);
        var (isJson, isForm) = (FileBody.IsJson(http), FileBody.IsForm(http));
        // Drafts and files that are there already are for those who configure; the integration in the query was asked for at the gate.
        if ((isJson || isForm) && request.Caller.Role == Role.Dropper)
            return ProblemAnswer.Forbidden(
                CoreJson.Word(Role.Editor), "A dropper tries files out with a saved integration: send the file as "
                + "the body, and the integration's id as ?integration=.");
        using var place = await limits.TestRunAsync(cancellationToken);
        if (place.Refusal is { } busy) return busy;
        if (isJson) return await FromJsonAsync(request, said, client, cancellationToken);
        var limit = options.Limits.MaxFileBytes + (isForm ? TestRunForm.RoomBytes : 0);
        BoundedBody.Admit(http, limit);
        return isForm
            ? await FromFormAsync(request, said, http, limit, client, cancellationToken)
            : await FromBodyAsync(request, said, http, client, cancellationToken);
    }

    /// <summary>The name and the date as a drop would have them.</summary>
    private static FileOrigin Said(ApiRequest request)
    {
        var name = request.Text("name");
        if (name is not null && FileNames.Problem(name) is { } wrong) request.Refuse(ApiErrorCode.InvalidValue, "name", wrong);
        return new FileOrigin(name, FileOrigin.Text(request.Date("date")));
    }

    private async Task<IActionResult> FromJsonAsync(
        ApiRequest request, FileOrigin said, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var body = await request.JsonAsync<TestRunBody>(cancellationToken);
        if (request.Has("integration"))
        {
            request.Refuse(
                ApiErrorCode.UnknownParameter, "integration",
                "\"integration\" belongs into the JSON body here, expected none in the query");
        }

        if (body is not null && !request.IsWrong("blob") && !request.IsWrong("upload")) CheckFile(request, body);
        var draft = body is null || request.IsWrong(DraftReader.Place)
            ? null : await drafts.ReadAsync(request, body.Integration, body.Products, cancellationToken);
        if (request.Problem is { } problem) return problem;
        if (body!.Blob is { } blob) return await starter.StartBlobAsync(client, draft!, request.Caller.Name, blob, said, cancellationToken);
        var (upload, refusal) = await uploads.FindWholeAsync(request, body.Upload!.Value, cancellationToken);
        return refusal ?? await starter.StartUploadAsync(client, draft!, request.Caller.Name, upload!, said, cancellationToken);
    }

    private static void CheckFile(ApiRequest request, TestRunBody body)
    {
        if (body.Blob is null == body.Upload is null)
            request.Refuse(ApiErrorCode.InvalidValue, "blob",
                $"found {(body.Blob is null ? "neither a blob nor an upload" : "a blob and an upload")}, expected one of them");
        else if (body.Blob is not null && FileNames.Problem(body.Blob) is { } wrong)
            request.Refuse(ApiErrorCode.InvalidValue, "blob", wrong);
    }

    private async Task<IActionResult> FromBodyAsync(
        ApiRequest request, FileOrigin said, HttpRequest http, DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (!request.Has("integration"))
        {
            request.Refuse(
                ApiErrorCode.MissingParameter, "integration", "expected the id of an integration, such as ?integration=platform-usage");
        }

        var draft = request.QueryId<IntegrationId>("integration") is { } id
            ? await drafts.SavedAsync(request, id, cancellationToken) : null;
        if (request.Problem is { } problem) return problem;
        return await starter.StartContentAsync(
            client, draft!, request.Caller.Name, "upload.csv", said, http.Body, cancellationToken);
    }

    private async Task<IActionResult> FromFormAsync(
        ApiRequest request, FileOrigin said, HttpRequest http, long limit, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var form = await TestRunForm.ReadAsync(request, http, limit, cancellationToken);
        var draft = form?.Integration is { } integration
            ? await drafts.ReadAsync(request, integration, form.Products, cancellationToken) : null;
        if (request.Problem is { } problem) return problem;
        await using var content = form!.File!.OpenReadStream();
        var origin = said with { Name = said.Name ?? form.File.FileName };
        return await starter.StartContentAsync(client, draft!, request.Caller.Name, form.Name, origin, content, cancellationToken);
    }
}
