using Usage.Core.Files;
using Usage.Core.Files.Rejected;
using Usage.Core.Ids;
using Usage.Storage.Imports.Reading;
using Usage.Storage.Runs;

namespace Usage.Storage.Imports;

/// <summary>A run's <c>rejected.csv</c>: the batches' rejected rows, in row order; a run without any has no such file.</summary>
public sealed class RejectedFile(RunBlobs blobs, BatchFiles batches)
{
    /// <param name="stamps">Of the batches.</param>
    public async Task WriteAsync(RunId run, FilePlan plan, IReadOnlyList<uint> stamps, CancellationToken cancellationToken)
    {
        await using var file = new BlockUploadStream(blobs.Block(run, RunBlobs.RejectedCsv));
        new RejectedCsv(plan, run.Value, file, header: true).Dispose();
        for (var batch = 0; batch < stamps.Count; batch++)
        {
            await using var part = await batches.FindRejectedAsync(run, batch, stamps[batch], cancellationToken);
            if (part is not null) await part.CopyToAsync(file, cancellationToken);
        }

        await file.CompleteAsync(cancellationToken);
    }

    public Task RemoveAsync(RunId run, CancellationToken cancellationToken) =>
        blobs.Blob(run, RunBlobs.RejectedCsv).DeleteIfExistsAsync(cancellationToken: cancellationToken);

    public Task<bool> ExistsAsync(RunId run, CancellationToken cancellationToken) =>
        blobs.ExistsAsync(run, RunBlobs.RejectedCsv, cancellationToken);

    /// <returns>Null when the run has no rejected rows.</returns>
    public Task<Stream?> FindAsync(RunId run, CancellationToken cancellationToken) =>
        blobs.FindAsync(run, RunBlobs.RejectedCsv, cancellationToken);
}
