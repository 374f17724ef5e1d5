using Usage.Core.Files;
using Usage.Core.Ids;
using Usage.Storage.Runs;

namespace Usage.Storage.Imports;

/// <summary>
/// Which rows were taken out of the copy of a run's file, <c>usage-runs/{run}/rows/erased.json</c>: whoever reads the copy counts them. It
/// is written before the copy is, so who reads the copy and then this knows all that is blank there.
/// </summary>
public sealed class ErasedRowFiles(RunBlobs blobs)
{
    private const string Name = RunBlobs.Rows + "erased.json";

    /// <param name="Erase">The run that erased them.</param>
    private sealed record Part(RunId Erase, IReadOnlyList<ErasedRow> Rows);

    public async Task<ErasedRows> FindAsync(RunId run, CancellationToken cancellationToken) =>
        await ReadAsync(run, cancellationToken) is { Count: > 0 } parts ? new ErasedRows([.. parts.SelectMany(part => part.Rows)])
            : ErasedRows.None;

    /// <summary>Adds those that an erase has found; an attempt of it before may have found some already.</summary>
    /// <returns>Whether it has found any, now or before.</returns>
    public async Task<bool> AddAsync(RunId run, RunId erase, IReadOnlyCollection<ErasedRow> found, CancellationToken cancellationToken)
    {
        var parts = await ReadAsync(run, cancellationToken);
        if (found.Count == 0) return parts.Any(part => part.Erase == erase);
        await blobs.SaveJsonAsync<IReadOnlyList<Part>>(run, Name, [.. parts, new Part(erase, [.. found])], cancellationToken);
        return true;
    }

    private async Task<IReadOnlyList<Part>> ReadAsync(RunId run, CancellationToken cancellationToken) =>
        await blobs.ExistsAsync(run, Name, cancellationToken)
            ? await blobs.LoadJsonAsync<IReadOnlyList<Part>>(run, Name, cancellationToken) : [];
}
