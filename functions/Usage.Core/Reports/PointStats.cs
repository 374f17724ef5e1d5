using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Usage.Core.Values;

namespace Usage.Core.Reports;

/// <summary>
/// The figures of one dimension on one date. Figures of different accounts can be added in any order; only the last digits of a sum
/// depend on it.
/// </summary>
public sealed class PointStats
{
    /// <summary>The most different texts that are counted; with more, <see cref="Overflowed"/>.</summary>
    public const int MaxTexts = 10_000;

    /// <summary>UTF-16 units of a text that are shown; texts that only differ after them are still counted separately.</summary>
    public const int MaxTextLength = 250;

    private const char BeforeHash = '\0';

    /// <summary>So small that no number of accounts takes <see cref="Scaled"/> beyond a double's range.</summary>
    private const double Scale = 1.0 / (1UL << 60) / (1UL << 10);

    public required DataType Type { get; init; }

    /// <summary>Accounts with a value.</summary>
    public long Accounts { get; set; }

    /// <summary>One beyond a double's range stays at its end, since neither a table nor JSON can hold infinity.</summary>
    public double Sum { get; set; }

    /// <summary>The sum on a small scale: it goes on where <see cref="Sum"/> is at its end.</summary>
    public double Scaled { get; set; }

    public double Min { get; set; } = double.MaxValue;

    public double Max { get; set; } = double.MinValue;

    /// <summary>Right also where the sum is beyond a double's range; 0 without accounts.</summary>
    [JsonIgnore]
    public double Average => Accounts == 0 ? 0 : IsWhole(Sum) ? Sum / Accounts : Math.Clamp(Scaled / Accounts / Scale, Min, Max);

    /// <summary>Accounts whose value is true.</summary>
    public long True { get; set; }

    /// <summary>By text; a long one is cut and followed by its hash, see <see cref="Key"/>.</summary>
    public Dictionary<string, long> Texts { get; init; } = new(StringComparer.Ordinal);

    /// <summary>There were too many different texts, and they are no longer counted.</summary>
    public bool Overflowed { get; set; }

    /// <summary>The key of a text in <see cref="Texts"/>.</summary>
    public static string Key(string text)
    {
        if (text.Length <= MaxTextLength) return text;
        var cut = char.IsHighSurrogate(text[MaxTextLength - 1]) ? MaxTextLength - 1 : MaxTextLength;
        return $"{text[..cut]}{BeforeHash}{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";
    }

    public void Add(UsageValue value)
    {
        Accounts++;
        if (Type == DataType.Numeric)
        {
            AddNumber(value.Number, value.Number * Scale);
            Min = Math.Min(Min, value.Number);
            Max = Math.Max(Max, value.Number);
        }
        else if (Type == DataType.Boolean)
        {
            True += value.Boolean ? 1 : 0;
        }
        else
        {
            AddText(Key(value.Text ?? ""), 1);
        }
    }

    public void Add(PointStats other)
    {
        Accounts += other.Accounts;
        AddNumber(other.Sum, other.Scaled);
        Min = Math.Min(Min, other.Min);
        Max = Math.Max(Max, other.Max);
        True += other.True;
        if (other.Overflowed) Overflow();
        foreach (var (text, count) in other.Texts) AddText(text, count);
    }

    /// <summary>The most frequent texts, then by text.</summary>
    public IReadOnlyList<TextCount> Top(int count) =>
    [
        .. Texts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(count)
            .Select(pair => new TextCount(pair.Key.IndexOf(BeforeHash) is > 0 and var cut ? $"{pair.Key[..cut]}…" : pair.Key, pair.Value)),
    ];

    public void AddText(string key, long count)
    {
        if (Overflowed) return;
        if (Texts.TryGetValue(key, out var before)) Texts[key] = before + count;
        else if (Texts.Count < MaxTexts) Texts.Add(key, count);
        else Overflow();
    }

    /// <summary>Not at the end of the range, where it may have been cut.</summary>
    private static bool IsWhole(double sum) => Math.Abs(sum) < double.MaxValue;

    private void AddNumber(double number, double scaled)
    {
        var sum = Sum + number;
        Scaled += scaled;
        var isWhole = IsWhole(Sum) && IsWhole(number) && IsWhole(sum);
        Sum = isWhole ? sum : Math.Clamp(Scaled / Scale, double.MinValue, double.MaxValue);
    }

    private void Overflow()
    {
        Overflowed = true;
        Texts.Clear();
    }
}

public sealed record TextCount(string Value, long Count);
