using System.Text;

namespace Usage.Storage.Runs;

/// <summary>A blob's name as part of a key: what a key can't hold is escaped, in the order of the characters; long names are cut.</summary>
internal static class QueuedName
{
    private const int Longest = 300;

    public static string Of(string blob)
    {
        var text = new StringBuilder();
        foreach (var c in blob)
        {
            if (text.Length >= Longest) break;
            // '|' ends the name in the key, and '%' begins an escape: both are escaped themselves.
            if (c < 0x7F && !"/\\#?|%".Contains(c) && !char.IsControl(c)) text.Append(c);
            else text.Append('%').Append(((int)c).ToString("X4", System.Globalization.CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }
}
