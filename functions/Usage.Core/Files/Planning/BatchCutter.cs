namespace Usage.Core.Files.Planning;

/// <summary>Cuts a file into batches where rows start.</summary>
/// <param name="mostRows">Of a batch.</param>
internal sealed class BatchCutter(long batchBytes, long mostRows = long.MaxValue)
{
    private readonly List<BatchRange> _batches = [];
    private long _start;
    private long _rows;
    private long _cut;

    public void Add(long offset)
    {
        if (_rows == 0) _start = offset;
        else if (offset - _start >= batchBytes || _rows >= mostRows) Close(offset);
        _rows++;
    }

    public IReadOnlyList<BatchRange> Finish(long end)
    {
        if (_rows > 0) Close(end);
        return _batches;
    }

    private void Close(long end)
    {
        _batches.Add(new BatchRange(_batches.Count, _start, end - _start, _cut + 1, _rows));
        _cut += _rows;
        _rows = 0;
        _start = end;
    }
}
