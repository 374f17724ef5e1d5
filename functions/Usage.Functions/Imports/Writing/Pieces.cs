using System.Runtime.CompilerServices;
using Usage.Core.Snapshots;

namespace Usage.Functions.Imports.Writing;

/// <summary>Cuts the merged groups of a partition into pieces of bounded size, each time in the same places.</summary>
internal static class Pieces
{
    private const int MaxGroups = 64;

    /// <summary>Bytes of values, about.</summary>
    private const long MaxBytes = 1 << 20;

    public static async IAsyncEnumerable<IReadOnlyList<SnapshotGroup>> CutAsync(
        IAsyncEnumerable<SnapshotGroup> groups, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (piece, bytes) = (new List<SnapshotGroup>(MaxGroups), 0L);
        await foreach (var group in groups.WithCancellation(cancellationToken))
        {
            piece.Add(group);
            bytes += Bytes(group);
            if (piece.Count < MaxGroups && bytes < MaxBytes) continue;
            yield return piece;
            (piece, bytes) = (new List<SnapshotGroup>(MaxGroups), 0);
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
