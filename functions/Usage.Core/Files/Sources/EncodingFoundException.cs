using static System.FormattableString;

namespace Usage.Core.Files.Sources;

/// <summary>No encoding is declared, some bytes are not UTF-8, and the rest of the file has decided: the pass starts again.</summary>
internal sealed class EncodingFoundException(Charset charset, long offset, byte found) : Exception
{
    public Charset Charset => charset;

    public override string Message =>
        Invariant($"byte {offset + 1} of the text (0x{found:X2}) is not UTF-8, so the file was read as Windows-1252; ")
        + "declare the integration's file.encoding if it is another";
}
