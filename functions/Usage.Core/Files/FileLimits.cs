namespace Usage.Core.Files;

/// <summary>The limits of a file's size. Beyond one of them the run fails with nothing recorded.</summary>
public sealed record FileLimits
{
    /// <summary>Bytes of the file as it was dropped; default 1 GiB.</summary>
    public long MaxFileBytes { get; init; } = 1L << 30;

    /// <summary>Bytes that a gzipped file may unpack to, a part of a workbook, and a workbook's sheet as CSV; default 4 GiB.</summary>
    public long MaxUnpackedBytes { get; init; } = 4L << 30;

    /// <summary>Bytes of a workbook (<c>.xlsx</c>) as it was dropped; default 120 MB.</summary>
    public long MaxWorkbookBytes { get; init; } = 120_000_000;

    /// <summary>Bytes of a workbook's different texts, which are in memory while it is read; default 96 MiB, at most 1 GiB.</summary>
    public int MaxSharedStringBytes { get; init; } = 96 << 20;

    /// <summary>Rows, the header not counted; default 5 million.</summary>
    public long MaxRows { get; init; } = 5_000_000;

    /// <summary>Columns of the header; default 1,000.</summary>
    public int MaxColumns { get; init; } = 1000;

    /// <summary>Bytes of one cell as UTF-8, quotes not counted; default 1 MiB.</summary>
    public int MaxCellBytes { get; init; } = 1 << 20;

    /// <summary>A row may be as long as 16 of the longest cells, which bounds the memory that reading takes.</summary>
    internal int MaxRecordBytes => (int)Math.Min(16L * MaxCellBytes, 1 << 30);
}
