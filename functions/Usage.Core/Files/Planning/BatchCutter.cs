namespace Usage.Core.Files.Planning;

/// <summary>Cuts a file into batches where rows start.</summary>
internal sealed class BatchCutter(long batchBytes)
{
    private readonly List<BatchRange> batches = [];
    private long start;
    private long rows;
    private long cut;

    public void Add(long offset)
    {
        if (rows == 0) start = offset;
        else if (offset - start >= batchBytes) Close(offset);
        rows++;
    }

    public IReadOnlyList<BatchRange> Finish(long end)
    {
        if (rows > 0) Close(end);
        return batches;
    }

    private void Close(long end)
    {
        batches.Add(new BatchRange(batches.Count, start, end - start, cut + 1, rows));
        cut += rows;
        rows = 0;
        start = end;
    }
}
