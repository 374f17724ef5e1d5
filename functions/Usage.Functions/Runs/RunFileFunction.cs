using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Usage.Core.Access;
using Usage.Core.Ids;
using Usage.Functions.Http;
using Usage.Functions.Http.Errors;
using Usage.Storage.Imports;
using Usage.Storage.Runs;

namespace Usage.Functions.Runs;

/// <summary>The file of a run, byte for byte as it was read.</summary>
public sealed class RunFileFunction(RunStore runs, SourceFiles sources)
{
    private static readonly Operation GetRunFile =
        new Operation(nameof(GetRunFile), "The file of a run as it was read, with its name.", Audience.Editor).AnswersFile();

    [Function(nameof(GetRunFile))]
    public async Task<IActionResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/runs/{run}/file")] HttpRequest http, string run,
        CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, GetRunFile);
        var id = request.Id<RunId>(run, "run");
        if (request.Problem is { } problem) return problem;
        if (await runs.FindAsync(id, cancellationToken) is not { } found) return ProblemAnswer.NotFound("run", run);
        // A fix that came as a file reads its parent's, but what came is what it is asked for.
        var source = await sources.FindPinnedAsync(id, cancellationToken) ?? found.Content;
        if (source.IsDropped || source.IsNone || await OpenAsync(source, cancellationToken) is not { } file)
            return ProblemAnswer.NotFound($"Run {id} has no copy of a file, or not any more.");
        request.Trail?.ShowsRawRows();
        // Whatever a browser makes of it: it is saved, and never shown or run.
        http.HttpContext.Response.Headers.XContentTypeOptions = "nosniff";
        return new FileStreamResult(file.Content, file.Type) { FileDownloadName = NameOf(found) };
    }

    private async Task<(Stream Content, string Type)?> OpenAsync(RunSource source, CancellationToken cancellationToken)
    {
        try
        {
            var type = await TypeOfAsync(source, cancellationToken);
            return (await sources.OpenAsync(source, cancellationToken), type);
        }
        catch (FileReplacedException)
        {
            return null;
        }
    }

    /// <summary>By its first bytes, as it was read.</summary>
    private async Task<string> TypeOfAsync(RunSource source, CancellationToken cancellationToken)
    {
        await using var content = await sources.OpenAsync(source, cancellationToken);
        var first = new byte[4];
        var read = await content.ReadAtLeastAsync(first, first.Length, throwOnEndOfStream: false, cancellationToken);
        return first.AsSpan(0, read) switch
        {
            [0x1F, 0x8B, ..] => Operation.Gzip,
            [(byte)'P', (byte)'K', ..] => Operation.Workbook,
            _ => "text/csv",
        };
    }

    private static string NameOf(StoredRun run)
    {
        var path = run.Source.SourceName ?? run.Run.Blob ?? run.Source.Blob;
        return path[(path.LastIndexOf('/') + 1)..];
    }
}
