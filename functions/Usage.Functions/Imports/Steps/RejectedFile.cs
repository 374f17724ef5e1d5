using System.Buffers;
using Usage.Core.Files;
using Usage.Core.Integrations;
using Usage.Core.Runs;
using Usage.Storage.Runs;

namespace Usage.Functions.Imports.Steps;

/// <summary>Puts the batches' rejected rows together, in row order; a run without any leaves no file.</summary>
public sealed class RejectedFile(RunFiles files, RunBlobs blobs)
{
    /// <param name="stamps">Of the batches.</param>
    public async Task WriteAsync(RunId id, FilePlan plan, FileFormat format, RowCounts rows, IReadOnlyList<uint> stamps, CancellationToken cancel)
    {
        if (rows.Rejected() == 0) return;
        await using var file = files.Create(id, RunBlobs.RejectedCsv);
        var header = new ArrayBufferWriter<byte>();
        new RejectedCsv(plan, format).AppendHeader(header);
        await file.WriteAsync(header.WrittenMemory, cancel);
        for (var batch = 0; batch < stamps.Count; batch++)
        {
            var name = RunFiles.Rejected(batch, stamps[batch]);
            if (!await blobs.ExistsAsync(id, name, cancel)) continue;
            await using var part = (await blobs.Blob(id, name).DownloadStreamingAsync(cancellationToken: cancel)).Value.Content;
            await part.CopyToAsync(file, cancel);
        }

        await file.CompleteAsync(cancel);
    }
}
