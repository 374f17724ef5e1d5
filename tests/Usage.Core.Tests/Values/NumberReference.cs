using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Usage.Core.Issues;

namespace Usage.Core.Tests.Values;

/// <summary>The rules of numbers once more, slow and plain: regular expressions and big integers.</summary>
internal static class NumberReference
{
    public static (double? Number, string? Code) Parse(string text, char separator)
    {
        var point = Regex.Escape(separator.ToString());
        var groups = separator == '.' ? ",' \u00a0\u202f\u2019" : ".' \u00a0\u202f\u2019";
        var plain = Regex.Match(text, $@"\A([+-]?)([0-9]*)(?:{point}([0-9]*))?(?:[eE]([+-]?[0-9]+))?\z");
        var grouped = Regex.Match(text, $@"\A([+-]?)([1-9][0-9]{{0,2}}([{groups}])[0-9]{{3}}(?:\3[0-9]{{3}})*)(?:{point}([0-9]*))?\z");

        if (plain.Success && (plain.Groups[2].Value + plain.Groups[3].Value).Length > 0)
            return Value(plain.Groups[1].Value, plain.Groups[2].Value, plain.Groups[3].Value, plain.Groups[4].Value);
        if (grouped.Success)
            return Value(grouped.Groups[1].Value, Regex.Replace(grouped.Groups[2].Value, "[^0-9]", ""), grouped.Groups[4].Value, "");
        return (null, IssueCode.NotANumber);
    }

    private static (double? Number, string? Code) Value(string sign, string whole, string fraction, string exponent)
    {
        var digits = (whole + fraction).Trim('0');
        if (digits.Length == 0) return (0, null);
        if (digits.Length > 15) return (null, IssueCode.NumberNotExact);
        var power = exponent.Length == 0 ? 0 : BigInteger.Parse(exponent, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        if (BigInteger.Abs(power) > 100_000) return (null, IssueCode.NumberNotExact);
        var number = double.Parse($"{sign}{whole}.{fraction}0e{power}", NumberStyles.Float, CultureInfo.InvariantCulture);
        return number == 0 || double.IsInfinity(number) ? (null, IssueCode.NumberNotExact) : (number, null);
    }
}
