using Usage.Core.Files.Sources;
using Usage.Core.Integrations;

namespace Usage.Core.Files.Planning;

/// <summary>
/// Reads a dropped file once, in bounded memory, to find out all that its batches need: see <see cref="FilePlan"/>. A file that can't
/// be read is reported as a value, a failure to fetch or stage it as an exception.
/// </summary>
public sealed class FilePlanner(ImportMapping mapping, FileLimits limits, PlanOptions options)
{
    /// <param name="name">Its ending hints at tabs (<c>.tsv</c>).</param>
    /// <param name="open">Called again when the file turns out to have another encoding, or to find out what is wrong with it.</param>
    /// <param name="createStage">Called when the batches can't be ranges of the file itself. A second pass calls it again, for an empty
    /// one.</param>
    /// <param name="bytesRead">Of the file as it was dropped.</param>
    public async Task<PlanOutcome> PlanAsync(
        string name,
        Func<CancellationToken, Task<Stream>> open,
        Func<CancellationToken, Task<Stream>> createStage,
        IProgress<long>? bytesRead,
        CancellationToken cancellationToken)
    {
        var opening = new FileOpening(name, open, createStage, mapping.Integration.File, limits, bytesRead);
        try
        {
            return await new PlanPass(mapping, opening, options, found: null).RunAsync(cancellationToken);
        }
        catch (EncodingFoundException found)
        {
            return await new PlanPass(mapping, opening, options, found).RunAsync(cancellationToken);
        }
    }
}

public sealed record PlanOptions
{
    /// <summary>
    /// A batch ends with the first row that makes it at least this long, in bytes of UTF-8. Default 4 MB.
    /// </summary>
    public long BatchBytes { get; init; } = 4_000_000;

    /// <summary>What is read otherwise than it stands in the file, and proves what it proves then.</summary>
    public Mends Mends { get; init; } = Mends.None;
}
