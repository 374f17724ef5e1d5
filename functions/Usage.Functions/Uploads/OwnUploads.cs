using Usage.Core.Ids;
using Usage.Core.Uploads;
using Usage.Functions.Http;
using Usage.Functions.Http.Errors;
using Usage.Storage.Documents;
using Usage.Storage.Imports;
using Usage.Storage.Uploads;

namespace Usage.Functions.Uploads;

/// <summary>The caller's own uploads. Those of others are answered with 404, whatever the caller's role.</summary>
public sealed class OwnUploads(UploadStore uploads, SourceFiles sources)
{
    internal const string What = "upload";

    /// <returns>Null: it isn't theirs, or not there.</returns>
    public Task<Stored<Upload>?> FindAsync(ApiRequest request, UploadId id, CancellationToken cancellationToken) =>
        uploads.FindAsync(request.Caller.Identity, id, cancellationToken);

    /// <summary>One that is whole.</summary>
    /// <returns>The upload, or why it can't be used.</returns>
    public async Task<(Upload? Upload, ProblemAnswer? Refusal)> FindWholeAsync(
        ApiRequest request, UploadId id, CancellationToken cancellationToken)
    {
        if (await FindAsync(request, id, cancellationToken) is not { Value: var upload })
            return (null, ProblemAnswer.NotFound(What, id.Value));
        if (upload.Committed) return (upload, null);
        return (null, ProblemAnswer.Conflict(new ApiError(UploadRules.NotCommitted, What,
            $"upload {id} isn't whole yet; send its blocks and commit it (POST /api/uploads/{id}/commit) first")));
    }

    /// <summary>All of its file; the stream can be sought in.</summary>
    /// <exception cref="FileReplacedException">It was deleted meanwhile.</exception>
    public Task<Stream> OpenAsync(Upload upload, CancellationToken cancellationToken) =>
        sources.OpenAsync(UploadFiles.Source(upload.Id), cancellationToken);

    /// <summary>Keeps which run it was sent to last; one that was deleted meanwhile needs no note.</summary>
    public async Task NoteAsync(ApiRequest request, UploadId id, RunId run, CancellationToken cancellationToken)
    {
        while (await FindAsync(request, id, cancellationToken) is { } stored
            && await uploads.WriteAsync(request.Caller.Identity, stored.Value with { Run = run }, stored, cancellationToken) is null)
        {
        }
    }

    /// <summary>How one is changed, or deleted; see <see cref="Edit{TStored,T}"/>.</summary>
    internal Edit<Stored<Upload>, Upload> Edit(ApiRequest request, UploadId id, string text, CancellationToken cancellationToken) =>
        new(request, What, text)
        {
            Load = () => FindAsync(request, id, cancellationToken),
            Shown = stored => stored.Value,
        };

    /// <summary>The audit has that an upload was changed, and not what was decided of its file: that is its owner's, and goes.</summary>
    internal static void KeepFromAudit(ApiRequest request) => request.Trail?.Changes<Upload>(null, null);
}
