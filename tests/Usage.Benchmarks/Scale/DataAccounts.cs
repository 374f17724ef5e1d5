namespace Usage.Benchmarks.Scale;

/// <summary>
/// Which of several storage accounts has the snapshots of a block of accounts. Each has the blocks from its first one up to the next
/// account's; since blocks are numbered in the order in which accounts are created, a further storage account takes what comes, and
/// nothing that is stored moves.
/// </summary>
public sealed class DataAccounts
{
    private readonly int[] _firstBlocks;

    /// <param name="firstBlocks">Of each storage account; the first is 0, and they rise.</param>
    /// <exception cref="ArgumentException">They don't, so that a block would have no place or two.</exception>
    public DataAccounts(IEnumerable<int> firstBlocks)
    {
        _firstBlocks = [.. firstBlocks];
        if (_firstBlocks is not [0, ..])
            throw new ArgumentException($"found {Shown()}, expected that the first storage account begins with block 0");
        if (_firstBlocks.Zip(_firstBlocks.Skip(1)).Any(pair => pair.First >= pair.Second))
            throw new ArgumentException($"found {Shown()}, expected first blocks that rise");
    }

    public int Count => _firstBlocks.Length;

    /// <param name="block">An account's ordinal divided by a block's size.</param>
    /// <returns>The place of the storage account.</returns>
    public int Of(int block)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(block);
        var found = Array.BinarySearch(_firstBlocks, block);
        return found >= 0 ? found : ~found - 1;
    }

    private string Shown() => $"first blocks {string.Join(", ", _firstBlocks)}";
}
