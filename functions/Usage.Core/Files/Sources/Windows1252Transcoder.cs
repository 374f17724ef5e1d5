using System.Text;

namespace Usage.Core.Files.Sources;

/// <summary>Every byte is a character; the five that Windows leaves open are control characters, as browsers read them.</summary>
internal sealed class Windows1252Transcoder : ITranscoder
{
    private static readonly byte[][] Characters = [.. CodePagesEncodingProvider.Instance.GetEncoding(1252)!
        .GetString([.. Enumerable.Range(0x80, 0x80).Select(b => (byte)b)])
        .Select(c => Encoding.UTF8.GetBytes([c]))];

    public int Transcode(ReadOnlySpan<byte> input, Span<byte> utf8, bool final, out int consumed)
    {
        consumed = input.Length;
        var written = 0;
        while (!input.IsEmpty)
        {
            var ascii = input.IndexOfAnyExceptInRange((byte)0, (byte)0x7f);
            if (ascii < 0) ascii = input.Length;
            input[..ascii].CopyTo(utf8[written..]);
            written += ascii;
            input = input[ascii..];
            if (input.IsEmpty) break;
            var character = Characters[input[0] - 0x80];
            character.CopyTo(utf8[written..]);
            written += character.Length;
            input = input[1..];
        }
        return written;
    }
}
