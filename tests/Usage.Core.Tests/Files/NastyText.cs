using System.Text;

namespace Usage.Core.Tests.Files;

/// <summary>Seeded random files over an alphabet of trouble, as Latin-1 text that stands for bytes.</summary>
internal static class NastyText
{
    private static readonly string[] Alphabet =
    [
        "\"", "\"", "\"\"", ",", ",", ",", "\n", "\r\n", "\r", "\n", " ", "\t", ";", "'", "=", "a", "b", "1", "-2,5", "\"x\"",
        "\"x,y\"", "\"p\nq\"",
        "\0", Utf8("\uFEFF"), Utf8("é"), Utf8("\u00a0"), Utf8("\u2028"), Utf8("\U0001F600"), "\u00ff\u00fe", "\u00c3", "\u0080",
    ];

    public static string Make(int seed, int maxPieces)
    {
        var random = new Random(seed);
        // Some files have hardly any quotes, so that they have many rows.
        var calm = random.Next(3) == 0;
        var text = new StringBuilder();
        for (var pieces = random.Next(maxPieces); pieces > 0; pieces--)
        {
            var piece = Alphabet[random.Next(Alphabet.Length)];
            text.Append(calm && piece.Contains('"') && random.Next(10) > 0 ? "z" : piece);
            // Long stretches cross the reader's buffers and vectors at every offset.
            if (random.Next(40) == 0) text.Append('w', random.Next(200));
        }
        return text.ToString();
    }

    private static string Utf8(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));
}
