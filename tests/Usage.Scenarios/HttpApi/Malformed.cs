using System.Text;

namespace Usage.Scenarios.HttpApi;

/// <summary>Ids and bodies that no operation takes.</summary>
internal static class Malformed
{
    private static readonly string[] Ids =
    [
        "A", "-a", "%00", "%0A", "%1F", "%5C", "..", "%2E%2E%2Fx", "a%2Fb", "%23", "%3F", "%C3%28", "%ED%A0%80", "%F0%9F%92%A9%00", "%E2%80%AE%07", "a%20b%00", "'%20or%20'1'%20eq%20'1%00",
        "%7B0%7D%00", "%25%00", "9999999999999999999999999999A", "-1", "0X10", "null%00", "%C2%85",
    ];

    private static readonly string[] Values =
    [
        "null", "1e999", "-1e999", "1.5", "99999999999999999999999", "\"\\ud800\"", "\"\\u0000\"", "[]", "{}", "[[[[[]]]]]", "\"\"", "\"   \"", "true", "[null]", "{\"a\":{\"b\":null}}", "\"hourly\"", "0",
    ];

    private static readonly string[] Members = ["name", "snapshotPeriod", "dataType", "all", "match", "products", "file", "onError", "source", "crmId", "domains", "aliases", "integration", "blob", "\\ud800", "", "__proto__"];

    public static string Id(Random random) => random.Next(8) == 0 ? new string('x', 200 + random.Next(3000)) + "%00" : Ids[random.Next(Ids.Length)];

    public static byte[] Body(Random random) => random.Next(6) switch
    {
        0 => [],
        1 => Bytes(random),
        2 => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(random.Next(2) == 0 ? "[" : "{\"name\":", 1 + random.Next(2000)))),
        3 => Encoding.UTF8.GetBytes($"{{\"name\":\"x\",\"{Members[random.Next(Members.Length)]}\":{Values[random.Next(Values.Length)]}"),
        4 => Encoding.UTF8.GetBytes(Values[random.Next(Values.Length)]),
        _ => Encoding.UTF8.GetBytes($"{{{string.Join(',', Enumerable.Range(0, 1 + random.Next(4)).Select(_ => $"\"{Members[random.Next(Members.Length)]}\":{Values[random.Next(Values.Length)]}"))},\"nonsense\":1}}"),
    };

    // Never by chance a CSV with the header of an import: it begins with a quote that nothing closes.
    private static byte[] Bytes(Random random)
    {
        var bytes = new byte[1 + random.Next(400)];
        random.NextBytes(bytes);
        bytes[0] = (byte)'"';
        for (var i = 1; i < bytes.Length; i++)
            if (bytes[i] == '"') bytes[i] = (byte)'\'';
        return bytes;
    }
}
