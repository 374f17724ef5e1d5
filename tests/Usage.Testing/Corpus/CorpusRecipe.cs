using System.IO.Compression;
using System.Text;

namespace Usage.Testing.Corpus;

/// <summary>How a file that is too big to keep is made: its parts, each so many times, one after the other.</summary>
public sealed record CorpusRecipe
{
    public bool Gzip { get; init; }

    public required IReadOnlyList<Part> Parts { get; init; }

    public byte[] Bytes()
    {
        using var file = new MemoryStream();
        if (Gzip)
        {
            using var gzip = new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true);
            WriteTo(gzip);
        }
        else WriteTo(file);
        return file.ToArray();
    }

    private void WriteTo(Stream target)
    {
        foreach (var part in Parts) part.WriteTo(target);
    }

    public sealed record Part(string Text, int Times = 1)
    {
        internal void WriteTo(Stream target)
        {
            var text = Encoding.UTF8.GetBytes(Text);
            var together = Math.Clamp(65_536 / text.Length, 1, Times);
            var block = Enumerable.Repeat(text, together).SelectMany(bytes => bytes).ToArray();
            for (var left = Times; left > 0; left -= together) target.Write(block, 0, Math.Min(together, left) * text.Length);
        }
    }
}
