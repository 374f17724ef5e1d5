using Usage.Core.Files;
using Usage.Storage.Runs;

namespace Usage.Storage.Imports;

/// <summary>The text of a run's file in UTF-8, as its plan cuts it.</summary>
public sealed class RunTexts(RunFiles files, SourceFiles sources, ErasedRowFiles erased)
{
    /// <summary>Loads a stretch as a whole, so that parsing never waits for the network.</summary>
    /// <param name="text">As long as the stretch.</param>
    /// <returns>Rows of the file that are blank by now, or will be: they are to be counted.</returns>
    /// <exception cref="FileReplacedException">The file is another one now, or gone.</exception>
    public async Task<ErasedRows> ReadAsync(
        StoredRun stored, FilePlan plan, BatchRange stretch, Memory<byte> text, CancellationToken cancellationToken)
    {
        await using var content = plan.Staged
            ? await files.OpenStagedAsync(stored.Run.FileOf(), stretch.Offset, stretch.Length, cancellationToken)
            : await sources.OpenAsync(stored.Content, stretch.Offset, stretch.Length, cancellationToken);
        await content.ReadExactlyAsync(text, cancellationToken);
        return await erased.FindAsync(stored.Run.FileOf(), cancellationToken);
    }
}
