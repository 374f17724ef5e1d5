namespace Usage.Core.Files;

/// <summary>A stretch of a file, in bytes of its UTF-8 form, that starts and ends between two rows.</summary>
/// <param name="Offset">From the start of the staged blob, or of the file itself when none is staged.</param>
/// <param name="FirstRow">Rows count from 1, the header not counted.</param>
public readonly record struct BatchRange(int Index, long Offset, long Length, long FirstRow, long Rows);
