using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Usage.Core.Issues;
using Usage.Core.Values.Numbers;

namespace Usage.Core.Tests.Values;

/// <summary>The rules of numbers once more, slow and plain: regular expressions and big integers.</summary>
internal static class NumberReference
{
    private const string Sign = @"([+\-\u2212]?)";

    /// <summary>Anything that a number may carry, taken off in each way that there is, until a number is left.</summary>
    public static (double? Number, string? Code) Parse(string text, char separator, NumberFormat? format)
    {
        var grouping = format?.Grouping ?? DigitGrouping.Standard;
        var plain = Parse(text, separator, grouping);
        var marks = format is { Affixes.Count: > 0 } or { Percent: not null } or { Parentheses: true } or { TrailingMinus: true };
        if (plain.Code != IssueCode.NotANumber || format is null || !marks) return plain;
        return Bare(text, "", []).FirstOrDefault(found => found.Code != IssueCode.NotANumber, (null, IssueCode.NotANumber));

        IEnumerable<(double? Number, string? Code)> Bare(string rest, string sign, string[] taken)
        {
            rest = rest.Trim();
            var percent = taken.Contains("%");
            if (rest.Length > 0 && !"+-\u2212".Contains(rest[0]))
            {
                var (number, code) = Parse(rest, separator, grouping, percent && format.Percent == PercentSign.Divide ? -2 : 0);
                yield return (sign is "" or "+" ? number : -number, code);
            }
            if (sign.Length == 0 && rest.Length > 0)
            {
                if ("+-\u2212".Contains(rest[0]))
                    foreach (var found in Bare(rest[1..], rest[..1], taken)) yield return found;
                if (format.TrailingMinus && "-\u2212".Contains(rest[^1]))
                    foreach (var found in Bare(rest[..^1], "-", taken)) yield return found;
                if (format.Parentheses && rest.Length > 1 && rest[0] == '(' && rest[^1] == ')')
                    foreach (var found in Bare(rest[1..^1], "-", taken)) yield return found;
            }
            foreach (var mark in format.Affixes.Concat(format.Percent is null ? [] : ["%"]).Except(taken))
            {
                if (rest.StartsWith(mark, StringComparison.OrdinalIgnoreCase))
                    foreach (var found in Bare(rest[mark.Length..], sign, [.. taken, mark])) yield return found;
                if (rest.EndsWith(mark, StringComparison.OrdinalIgnoreCase))
                    foreach (var found in Bare(rest[..^mark.Length], sign, [.. taken, mark])) yield return found;
            }
        }
    }

    public static (double? Number, string? Code) Parse(string text, char separator, DigitGrouping grouping, int shift = 0)
    {
        var point = Regex.Escape(separator.ToString());
        var groups = separator == '.' ? ",' \u00a0\u202f\u2019" : ".' \u00a0\u202f\u2019";
        var whole = grouping == DigitGrouping.Indian
            ? $@"([1-9][0-9]?([{groups}])(?:[0-9]{{2}}\3)*[0-9]{{3}})" : $@"([1-9][0-9]{{0,2}}([{groups}])[0-9]{{3}}(?:\3[0-9]{{3}})*)";
        var plain = Regex.Match(text, $@"\A{Sign}([0-9]*)(?:{point}([0-9]*))?(?:[eE]([+-]?[0-9]+))?\z");
        var grouped = Regex.Match(text, $@"\A{Sign}{whole}(?:{point}([0-9]*))?\z");

        if (plain.Success && (plain.Groups[2].Value + plain.Groups[3].Value).Length > 0)
            return Value(plain.Groups[1].Value, plain.Groups[2].Value, plain.Groups[3].Value, plain.Groups[4].Value, shift);
        if (grouped.Success && grouping != DigitGrouping.None)
            return Value(grouped.Groups[1].Value, Regex.Replace(grouped.Groups[2].Value, "[^0-9]", ""), grouped.Groups[4].Value, "", shift);
        return (null, IssueCode.NotANumber);
    }

    private static (double? Number, string? Code) Value(string sign, string whole, string fraction, string exponent, int shift)
    {
        if ((whole + fraction).Trim('0').Length == 0) return (0, null);
        var power = exponent.Length == 0 ? 0 : BigInteger.Parse(exponent, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        if (power > 100_000) return (null, IssueCode.NumberNotExact);
        if (power < -100_000) return (0, null);
        var number = double.Parse($"{whole}.{fraction}0e{power}", NumberStyles.Float, CultureInfo.InvariantCulture);
        if (double.IsInfinity(number)) return (null, IssueCode.NumberNotExact);
        if (fraction.Length + exponent.Length == 0 && new BigInteger(number) != BigInteger.Parse(whole, CultureInfo.InvariantCulture))
            return (null, IssueCode.NumberNotExact);
        number = double.Parse($"{whole}.{fraction}0e{power + shift}", NumberStyles.Float, CultureInfo.InvariantCulture);
        return (number == 0 ? 0 : sign is "" or "+" ? number : -number, null);
    }
}
