using System.Security.Cryptography;
using System.Text;
using Usage.Core.Values;

namespace Usage.Core.Reports;

/// <summary>What a report's point tells of one dimension on one date. Points of different accounts add up, in any order but for the last digits of a sum.</summary>
public sealed class PointStats
{
    /// <summary>Different texts counted at once; with more, <see cref="Overflowed"/>.</summary>
    public const int MaxTexts = 10_000;

    /// <summary>UTF-16 units of a text that are told; texts that differ only behind are still counted apart.</summary>
    public const int MaxTextLength = 250;

    private const char BeforeHash = '\0';

    public required DataType Type { get; init; }

    /// <summary>Accounts with a value.</summary>
    public long Accounts { get; set; }

    public double Sum { get; set; }

    public double Min { get; set; } = double.MaxValue;

    public double Max { get; set; } = double.MinValue;

    /// <summary>Accounts whose value is true.</summary>
    public long True { get; set; }

    /// <summary>By text; a long one is cut and has a mark behind it, see <see cref="Top"/>.</summary>
    public Dictionary<string, long> Texts { get; init; } = new(StringComparer.Ordinal);

    /// <summary>There were too many different texts: their counts are not to be used.</summary>
    public bool Overflowed { get; set; }

    /// <summary>What <see cref="Texts"/> counts a text under.</summary>
    public static string Key(string text) => text.Length <= MaxTextLength
        ? text
        : $"{text[..(char.IsHighSurrogate(text[MaxTextLength - 1]) ? MaxTextLength - 1 : MaxTextLength)]}{BeforeHash}{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    public void Add(UsageValue value)
    {
        Accounts++;
        if (Type == DataType.Numeric)
        {
            Sum += value.Number;
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
        Sum += other.Sum;
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

    private void Overflow()
    {
        Overflowed = true;
        Texts.Clear();
    }
}

public sealed record TextCount(string Value, long Count);
