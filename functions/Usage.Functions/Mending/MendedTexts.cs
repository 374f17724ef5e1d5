using Usage.Core.Files;
using Usage.Core.Files.Planning;
using Usage.Core.Integrations;
using Usage.Core.Issues;
using Usage.Functions.Settings;
using Usage.Storage.Imports;
using Usage.Storage.Runs;

namespace Usage.Functions.Mending;

/// <summary>Plans files that couldn't be planned as they stand with what is to be mended of them. Nothing is kept of it.</summary>
public sealed class MendedTexts(SourceFiles sources, UsageOptions options)
{
    private const FileShare Shared = FileShare.ReadWrite | FileShare.Delete;

    /// <param name="root">Whose file it is.</param>
    /// <param name="mapping">Of the root.</param>
    /// <param name="mends">To be read.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The text, or why the file can't be planned so either.</returns>
    public async Task<(MendedText? Text, RunError? Error)> PlanAsync(
        StoredRun root, ImportMapping mapping, Mends mends, CancellationToken cancellationToken)
    {
        FileStream? staged = null;
        try
        {
            var planner = new FilePlanner(
                mapping, options.Limits, new PlanOptions { BatchBytes = options.BatchBytes, Mends = mends });
            var outcome = await planner.PlanAsync(
                root.Source.Blob, cancellationToken => sources.OpenAsync(root.Content, cancellationToken), StageAsync, bytesRead: null,
                cancellationToken);
            if (outcome.Plan is not { } plan) return (null, outcome.Error);
            var text = new MendedText(plan, staged, sources, root.Content);
            staged = null;
            return (text, null);
        }
        finally
        {
            if (staged is not null) await staged.DisposeAsync();
        }

        async Task<Stream> StageAsync(CancellationToken cancellationToken)
        {
            // A second pass begins anew.
            if (staged is not null) await staged.DisposeAsync();
            var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
            // As long as it is open for reading: whatever happens, nothing of it stays.
            staged = new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                Share = Shared,
                Options = FileOptions.DeleteOnClose,
            });
            return new FileStream(path, FileMode.Open, FileAccess.Write, Shared);
        }
    }
}

/// <param name="staged">The text, where the batches aren't ranges of the file itself.</param>
/// <param name="file">As it was dropped.</param>
public sealed class MendedText(FilePlan plan, FileStream? staged, SourceFiles sources, RunSource file) : IAsyncDisposable
{
    public FilePlan Plan => plan;

    /// <param name="text">As long as the batch.</param>
    public async Task ReadAsync(BatchRange batch, Memory<byte> text, CancellationToken cancellationToken)
    {
        if (staged is not null)
        {
            staged.Seek(batch.Offset, SeekOrigin.Begin);
            await staged.ReadExactlyAsync(text, cancellationToken);
            return;
        }

        await using var content = await sources.OpenAsync(file, batch.Offset, batch.Length, cancellationToken);
        await content.ReadExactlyAsync(text, cancellationToken);
    }

    public ValueTask DisposeAsync() => staged?.DisposeAsync() ?? ValueTask.CompletedTask;
}
