using System.Text;

namespace Usage.Core.Values;

/// <summary>
/// Short texts that come again and again, such as the names of plans, made into a string once. A text may push out another;
/// threads may race, and then a string is made once more.
/// </summary>
internal sealed class RecentTexts
{
    private const int Slots = 1024;
    private const int MaxBytes = 48;

    private readonly string?[] recent = new string?[Slots];

    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MaxBytes) return Encoding.UTF8.GetString(utf8);
        ref var slot = ref recent[Utf8Hash.Of(utf8, 0) & (Slots - 1)];
        if (slot is { } text && Ascii.Equals(utf8, text)) return text;
        return slot = Encoding.UTF8.GetString(utf8);
    }
}
