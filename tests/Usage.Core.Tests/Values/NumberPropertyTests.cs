using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Usage.Core.Values;
using Usage.Core.Values.Numbers;

namespace Usage.Core.Tests.Values;

public sealed class NumberPropertyTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(5_000);

    /// <summary>Pieces of which numbers, and things that nearly are numbers, are made.</summary>
    private static readonly Gen<string> Piece = Gen.Frequency(
        (6, Gen.Elements("0", "1", "9", "12", "123", "000", "999", "1234567", "123456789012345", "9007199254740993",
            "33333333333333333333")),
        (3, Gen.Elements(",", ".", "'", " ", "\u00a0", "\u202f", "\u2019")),
        (3, Gen.Elements(",123", ".456", " 789", "'000", "\u00a0111", "\u202f222")),
        (1, Gen.Elements("e", "E", "e-", "E+", "e5", "e-20", "e300", "e-320", "e22", "e-22", "e23")),
        (1, Gen.Elements("+", "-", "\u2212", "x", "%", "\u2009", "٣")));

    private static readonly Gen<string> Near = Piece.ArrayOf().Where(p => p.Length is > 0 and < 8).Select(string.Concat);

    private static readonly Gen<string> Long =
        from digits in Gen.Elements("0123456789".ToCharArray()).ArrayOf(24)
        from length in Gen.Choose(1, 24)
        from point in Gen.Choose(0, 24)
        from exponent in Gen.Choose(-345, 330)
        select new string(digits, 0, length)
            .Insert(Math.Min(point, length), ".") + (exponent % 3 == 0 ? "" : FormattableString.Invariant($"e{exponent}"));

    [Fact]
    public void Parser_agrees_with_a_slow_and_plain_reference() => Check.One(Many, Prop.ForAll(
        Gen.OneOf(Near, Long).ToArbitrary(), Gen.Elements('.', ',').ToArbitrary(),
        Gen.Elements(Enum.GetValues<DigitGrouping>()).ToArbitrary(),
        (text, separator, grouping) =>
        {
            var written = separator == ',' && text.Contains('e') ? text.Replace('.', ',') : text;
            var trimmed = written.Trim();
            if (trimmed.Length == 0) return true;
            var (number, code) = NumberReference.Parse(trimmed, separator, grouping);
            var parser = Cells.Parser(new() { DecimalSeparator = separator.ToString() }, new NumberFormat { Grouping = grouping });
            parser.Parse(DataType.Numeric, Encoding.UTF8.GetBytes(written), out var value, out var problem);
            Assert.Equal(code, problem.Code);
            if (number is { } expected)
                Assert.Equal(BitConverter.DoubleToInt64Bits(expected + 0.0), BitConverter.DoubleToInt64Bits(value.Number));
            return true;
        }));

    [Fact]
    public void Doubles_of_fifteen_digits_come_back_as_they_were_written() => Check.One(Many, Prop.ForAll(
        ArbMap.Default.ArbFor<NormalFloat>(), number =>
        {
            var text = number.Get.ToString("E14", CultureInfo.InvariantCulture);
            var expected = double.Parse(text, CultureInfo.InvariantCulture);
            Assert.Equal(expected, Cells.Number(text));
            Assert.Equal(text, Cells.Number(text).ToString("E14", CultureInfo.InvariantCulture));
            return true;
        }));
}
