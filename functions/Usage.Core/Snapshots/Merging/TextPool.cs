using System.Text;

namespace Usage.Core.Snapshots.Merging;

/// <summary>
/// Reuses strings, since texts such as plan names repeat: keeps the last one in each of 256 places.
/// </summary>
internal sealed class TextPool
{
    private const int MaxBytes = 128;

    private readonly (byte[] Utf8, string Text)?[] _places = new (byte[], string)?[256];

    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MaxBytes) return Encoding.UTF8.GetString(utf8);
        var hash = new HashCode();
        hash.AddBytes(utf8);
        ref var place = ref _places[hash.ToHashCode() & 0xFF];
        if (place is not { } kept || !utf8.SequenceEqual(kept.Utf8))
            place = (utf8.ToArray(), Encoding.UTF8.GetString(utf8));
        return place.Value.Text;
    }
}
