using static System.FormattableString;

namespace Usage.Core.Files.Sources;

/// <summary>No encoding is declared and the bytes are not UTF-8: the pass starts again, as Windows-1252.</summary>
internal sealed class NotUtf8Exception(long offset, byte found) : Exception
{
    public override string Message =>
        Invariant($"byte {offset + 1} of the text (0x{found:X2}) is not UTF-8, so the file was read as Windows-1252; ")
        + "declare the integration's file.encoding if it is another";
}
