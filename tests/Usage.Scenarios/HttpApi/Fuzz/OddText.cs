using System.Text;

namespace Usage.Scenarios.HttpApi.Fuzz;

/// <summary>Texts that are no id of anything, no query, no file: each of them is wrong wherever it is put.</summary>
internal static class OddText
{
    // Percent-encoded already. None of them is an account's id, which may be nearly anything.
    private static readonly string[] Ids =
    [
        "%0A", "%1F", "%7F", "%C2%85", "%5C", "a%5C..%5Cb", "%2F", "a%2Fb", "%2E%2E%2Fx", "%23", "%3F", "%FF", "%C3%28", "%ED%A0%80",
        "%F0%82%82%AC", "%FE%FF", "%F8%88%80%80%80",
        "%E2%80%AE%07", "%F0%9F%92%A9%01", "%EF%BB%BF%1B", "a%20b%08", "'%20or%20'1'%20eq%20'1%3F", "%24%7Bjndi:ldap:%2F%2Fx%7D",
        "%3Cscript%3E%3C%2Fscript%3E", "%25%0D%0A", "%7B0%7D%5C", "null%5C",
    ];

    private static readonly string[] Names =
        ["nonsense", "Top", "AFTER", "top%5B%5D", "$filter", "__proto__", "%00", "%F0%9F%92%A9", "a%20b", "%FF", "'", "code2"];

    private static readonly string[] Values = ["", "1", "%00", "%FF", "%ED%A0%80", "..%2F..", "'%20or%201=1", "9999999999999999999999",
        "-1", "1e999", "NaN", "%F0%9F%92%A9", "a&b=c", "2026-13-45", "%7B%7D"];

    private static readonly string[] FileNames = ["", "x", "x.exe", "..%2Fx.csv", "%2Fx.csv", "a%2F%2Fb.csv", "a%5Cb.csv", "%00.csv",
        "..csv%2F", "a%2F..%2F..%2Fb.csv", "x.csv.gz.gz", ".%2Fx.csv", "a.%2Fx.csv", "%0Ax.csv"];

    public static string Id(Random random) => random.Next(8) switch
    {
        0 => new string('x', 200 + random.Next(3_000)),
        1 => string.Concat(Enumerable.Repeat("%F0%9F%92%A9", 130 + random.Next(100))),
        _ => Ids[random.Next(Ids.Length)],
    };

    /// <summary>A query with a parameter that nobody knows.</summary>
    public static string Query(Random random)
    {
        var pairs = Enumerable.Range(0, random.Next(3))
            .Select(_ => $"{Names[random.Next(Names.Length)]}={Values[random.Next(Values.Length)]}");
        var long_ = random.Next(10) == 0 ? [$"more={new string('y', random.Next(4_000))}"] : Array.Empty<string>();
        return string.Join('&', [.. pairs, "nonsense=1", .. long_]);
    }

    public static string FileName(Random random) =>
        random.Next(6) == 0 ? $"{new string('n', 1_000 + random.Next(2_000))}.csv" : FileNames[random.Next(FileNames.Length)];

    /// <summary>No file of accounts, and none that a suggestion could be made for.</summary>
    public static byte[] Csv(Random random) => random.Next(5) switch
    {
        0 => [],
        1 => Encoding.UTF8.GetBytes(new string(random.Next(2) == 0 ? ' ' : '\n', 1 + random.Next(50))),
        2 => [0x1f, 0x8b, 8, 0, .. Bytes(random)],
        3 => [(byte)'"', .. Bytes(random).Where(b => b != '"')],
        _ => [.. Encoding.UTF8.GetBytes("id,id\n\""), .. Bytes(random).Where(b => b != '"')],
    };

    public static byte[] Form(Random random) => random.Next(4) switch
    {
        0 => [],
        1 => Bytes(random),
        2 =>
            Encoding.UTF8.GetBytes(
                "--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x.csv\"\r\n\r\na,b\r\n--part--\r\n"),
        _ =>
            Encoding.UTF8.GetBytes(
                $"--part\r\nContent-Disposition: form-data; name=\"{(random.Next(2) == 0 ? "nonsense" : "file\u0001")}\"\r\n\r\n"
                + $"{Convert.ToHexString(Bytes(random))}\r\n--part--\r\n"),
    };

    public static byte[] Bytes(Random random)
    {
        var bytes = new byte[1 + random.Next(300)];
        random.NextBytes(bytes);
        return bytes;
    }
}
