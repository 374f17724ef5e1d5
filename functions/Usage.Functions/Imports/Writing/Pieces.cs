using System.Runtime.CompilerServices;
using Usage.Core.Snapshots;

namespace Usage.Functions.Imports.Writing;

/// <summary>Cuts the merged groups of a partition into pieces of bounded size, each time in the same places.</summary>
internal static class Pieces
{
    /// <summary>Bytes of values, about.</summary>
    private const long MaxBytes = 1 << 20;

    /// <param name="groups">Of a partition.</param>
    /// <param name="most">Groups of a piece.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async IAsyncEnumerable<IReadOnlyList<SnapshotGroup>> CutAsync(
        IAsyncEnumerable<SnapshotGroup> groups, int most, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (piece, bytes) = (new List<SnapshotGroup>(most), 0L);
        await foreach (var group in groups.WithCancellation(cancellationToken))
        {
            piece.Add(group);
            bytes += Bytes(group);
            if (piece.Count < most && bytes < MaxBytes) continue;
            yield return piece;
            (piece, bytes) = (new List<SnapshotGroup>(most), 0);
        }

        if (piece.Count > 0) yield return piece;
    }

    private static long Bytes(SnapshotGroup group)
    {
        var bytes = 0L;
        foreach (var snapshot in group.Snapshots)
            foreach (var value in snapshot.Values.Span)
                bytes += sizeof(double) + (value?.Text?.Length ?? 0);
        return bytes;
    }
}
