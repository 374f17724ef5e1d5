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
    /// <param name="root">Whose file it is.</param>
    /// <param name="mapping">Of the root.</param>
    /// <param name="mends">To be read.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The text, or why the file can't be planned so either.</returns>
    public async Task<(MendedText? Text, RunError? Error)> PlanAsync(
        StoredRun root, ImportMapping mapping, Mends mends, CancellationToken cancellationToken)
    {
        var (stage, stages) = ((string?)null, new List<string>());
        try
        {
            var planner = new FilePlanner(
                mapping, options.Limits, new PlanOptions { BatchBytes = options.BatchBytes, Mends = mends });
            var outcome = await planner.PlanAsync(
                root.Source.Blob, cancellationToken => sources.OpenAsync(root.Content, cancellationToken),
                _ => Task.FromResult(Stage()), bytesRead: null, cancellationToken);
            if (outcome.Plan is not { } plan) return (null, outcome.Error);
            var staged = plan.Staged ? File.OpenRead(stage!) : null;
            return (new MendedText(plan, staged, sources, root.Content), null);
        }
        finally
        {
            // What is open still is there until it is closed.
            foreach (var path in stages) File.Delete(path);
        }

        Stream Stage()
        {
            stages.Add(stage = Path.GetTempFileName());
            return File.OpenWrite(stage);
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
        staged?.Seek(batch.Offset, SeekOrigin.Begin);
        var content = staged ?? await sources.OpenAsync(file, batch.Offset, batch.Length, cancellationToken);
        await content.ReadExactlyAsync(text, cancellationToken);
        if (staged is null) await content.DisposeAsync();
    }

    public ValueTask DisposeAsync() => staged?.DisposeAsync() ?? ValueTask.CompletedTask;
}
