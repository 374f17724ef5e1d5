using System.Text;

namespace Usage.Scenarios.HttpApi.Fuzz;

/// <summary>What becomes of a good body when one thing in it is spoiled; no operation takes any of it.</summary>
internal static class OddJson
{
    private static readonly string[] Numbers =
        ["1e999", "-1e999", "1E+400", "99999999999999999999999", "0.1e-400", "-0", "1.7976931348623157e308", "9007199254740993"];

    // None of them is a name.
    private static readonly string[] Wrong = ["5", "-1.5", "true", "false", "null", "[]", "{}", "[null]", "[[[[[]]]]]",
        "{\"a\":{\"b\":null}}", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\u0000\"", "\"\"", "\"  \"", "\"a\\u001fb\""];

    private static readonly string[] Members =
        ["nonsense", "Name", "", "__proto__", "\\ud800", "\\u0000", "constructor", "$ref", "name ", "\ud83d\udca9", "Id", "etag"];

    private static readonly byte[][] Garbage = [[0xFF], [0xC3, 0x28], [0xED, 0xA0, 0x80], [0xF0, 0x82, 0x82, 0xAC], [0x00], [0x01], [0x08]];

    public static byte[] Spoil(string good, Random random) => random.Next(12) switch
    {
        0 => [],
        1 => OddText.Bytes(random) is var bytes && bytes[0] is (byte)'{' or (byte)'[' ? [0xFF] : bytes,
        2 => Encoding.UTF8.GetBytes(good[..(1 + random.Next(good.LastIndexOf('}')))]),
        3 => Nested(random, closed: false),
        4 => Nested(random, closed: true),
        5 => Insert(good, random, Garbage[random.Next(Garbage.Length)]),
        6 =>
            Encoding.UTF8.GetBytes(
                WithMember(good, Members[random.Next(Members.Length)], random.Next(2) == 0
                    ? Numbers[random.Next(Numbers.Length)] : Wrong[random.Next(Wrong.Length)])),
        7 => Encoding.UTF8.GetBytes(WithMember(good, "name", "\"twice\"")),
        8 => Encoding.UTF8.GetBytes(Numbers[random.Next(Numbers.Length)]),
        9 => Encoding.UTF8.GetBytes(Wrong[random.Next(Wrong.Length)]),
        10 => Encoding.UTF8.GetBytes(random.Next(3) switch { 0 => good + "}", 1 => $"/* {good} */", _ => good.Replace('"', '\'') }),
        _ =>
            Encoding.UTF8.GetBytes(
                good.Replace("\"name\":\"good\"",
                    $"\"name\":{(random.Next(4) == 0 ? Numbers[random.Next(Numbers.Length)] : Wrong[random.Next(Wrong.Length)])}",
                    StringComparison.Ordinal)),
    };

    private static byte[] Nested(Random random, bool closed)
    {
        var (depth, list) = (40 + random.Next(3_000), random.Next(2) == 0);
        var open = string.Concat(Enumerable.Repeat(list ? "[" : "{\"name\":", depth));
        var end = closed ? (list ? "" : "1") + new string(list ? ']' : '}', depth) : "";
        return Encoding.UTF8.GetBytes(open + end);
    }

    private static byte[] Insert(string good, Random random, byte[] garbage)
    {
        var bytes = Encoding.UTF8.GetBytes(good);
        var at = random.Next(bytes.Length);
        return [.. bytes[..at], .. garbage, .. bytes[at..]];
    }

    private static string WithMember(string good, string name, string value) => $"{good[..good.LastIndexOf('}')]},\"{name}\":{value}}}";
}
