using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace Usage.Core.Files.Sources;

/// <summary>
/// What isn't UTF-16 (half a surrogate pair, an odd byte at the end) becomes a byte that isn't UTF-8, so that its row is found broken.
/// </summary>
internal sealed class Utf16Transcoder(bool bigEndian) : ITranscoder
{
    private const byte Broken = 0xff;

    public int Transcode(ReadOnlySpan<byte> input, Span<byte> utf8, bool final, out int consumed)
    {
        Span<char> swapped = [];
        if (bigEndian == BitConverter.IsLittleEndian)
        {
            swapped = new char[input.Length / 2];
            BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, ushort>(input), MemoryMarshal.Cast<char, ushort>(swapped));
        }
        var text = swapped.IsEmpty ? MemoryMarshal.Cast<byte, char>(input) : swapped;
        consumed = 0;
        var written = 0;
        while (true)
        {
            var status = Utf8.FromUtf16(text, utf8[written..], out var chars, out var bytes, replaceInvalidSequences: false,
                isFinalBlock: final);
            consumed += chars * 2;
            written += bytes;
            if (status != OperationStatus.InvalidData) break;
            text = text[(chars + 1)..];
            consumed += 2;
            utf8[written++] = Broken;
        }
        if (final && consumed < input.Length)
        {
            utf8[written++] = Broken;
            consumed = input.Length;
        }
        return written;
    }
}
