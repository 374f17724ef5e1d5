using FsCheck;
using FsCheck.Fluent;
using Usage.Core.Accounts;
using Usage.Core.Ids;

namespace Usage.Core.Tests.Reference;

/// <summary>Records of <see cref="ImportCases"/>, and the accounts that some of them name.</summary>
internal static class CaseRows
{
    private static readonly Gen<string> Blank = Gen.Elements("", " ", "null", "NULL", "(None)");

    private static Gen<string>[] Columns(Gen<string> numbers) =>
    [
        Gen.Frequency((9, Gen.Elements("C0", "C1", "C2", "C107", "C433", "C434", "a7", "a107")), (2, Gen.Elements("C999", "nobody")),
            (2, Blank)),
        Gen.Frequency((4, Gen.Elements("d0.com", "eu.d1.com", "d433.com", "twin.com")), (2, Gen.Constant("elsewhere.org")), (3, Blank)),
        Gen.Frequency((6, Gen.Elements("Zeta 0", "zeta 1", "Zeta 107", "Zeta 433", "Other 2")), (2, Gen.Elements("Twin", "Nobody")),
            (2, Blank)),
        Dates(),
        Dates(),
        numbers,
        numbers,
        Gen.Frequency((6, Gen.Elements("true", "FALSE", "yes", "n", "1", "0", "T", "On", "off")), (2, Gen.Elements("maybe", "2", "?")),
            (2, Blank)),
        Gen.Frequency((6, Gen.Elements("Enterprise", "Pro, yearly", "say \"hi\"", "two\nlines", "Größe", "=1+1", "-")), (2, Blank)),
        Gen.Elements("", "a note", "with, commas", "line\r\nbreak,\"quoted\"", "two\n\nbreaks"),
        Gen.Frequency((8, Gen.Elements("seats", " Seats", "LOGINS", "logins", "größe", "GRÖSSE", "Größe")),
            (2, Gen.Elements("other", "OTHER", "seat", "null", "")), (2, Gen.Constant("active"))),
        Gen.Frequency((8, numbers), (1, Gen.Elements("yes", "n", "maybe", "Pro")), (1, Blank)),
        Gen.Frequency((5, numbers), (2, Gen.Elements("true", "off", "?")), (1, Blank)),
        .. Enumerable.Repeat(Gen.Frequency((4, numbers), (1, Blank)), DateColumns.Length),
    ];

    /// <summary>Of wide files. Two lie in one month, one in the future.</summary>
    private static readonly string[] DateColumns = ["2026-07", "2026-10", "2026-12", "at 2026-10-01", "at 2026-10-30", "at 2026-11-23"];

    /// <summary>Identifiers as somebody may write them who resolves some; no two of a kind mean the same.</summary>
    public static string[] Keys { get; } =
    [
        "c999", "nobody", "C0", "a7", "a107", "d0.com", "d1.com", "EU.d433.com", "jane@elsewhere.org", "twin.com", "Zeta 0", "zeta 1 Inc",
        "TWIN", "other 2",
    ];

    public static string Header { get; } =
        $"crm, Domain ,name,day,due,n1,n2,\"flag\",plan,note,metric,v1,v2,{string.Join(',', DateColumns)}";

    /// <summary>Ordinals with gaps, over five blocks; two accounts are called Twin.</summary>
    public static IReadOnlyList<NumberedAccount> Accounts { get; } =
    [
        .. new[] { 0, 1, 2, 7, 99, 107, 250, 433, 434 }.Select(ordinal => new NumberedAccount(ordinal, new Account
        {
            Id = new AccountId($"a{ordinal}"),
            Name = ordinal is 7 or 434 ? "Twin" : $"Zeta {ordinal}",
            CrmId = $"C{ordinal}",
            Domains = ordinal is 99 or 250 ? ["twin.com"] : [$"d{ordinal}.com"],
            Aliases = ordinal == 2 ? ["Other 2"] : [],
        })),
    ];

    public static Gen<string[]> Lines() =>
        from count in Gen.Frequency((1, Gen.Choose(0, 3)), (6, Gen.Choose(4, 60)))
        from numbers in Gen.Elements(Numbers(), Numbers(), Commas(), Gen.Frequency((9, Numbers()), (1, Ambiguous())),
            Gen.Frequency((9, Commas()), (1, Ambiguous())), Gen.Frequency((9, Whole()), (1, Ambiguous())),
            Gen.Frequency((30, Whole()), (3, Ambiguous()), (1, Gen.Constant("8,50"))))
        from lines in Line(numbers).ArrayOf(count)
        select lines;

    /// <summary>What takes in the rest of the file, if there is any.</summary>
    public static Gen<string[]> Open() => Gen.Elements<string[]>(
        ["\"# a note"], ["\"# a note", "C0,d0.com", "C1,d1.com"], ["\"größe, all"], ["\"Total", "C0"], ["C0,\"d0.com"]);

    private static Gen<string> Line(Gen<string> numbers) =>
        Gen.Frequency(
            (30, Record(numbers)),
            (1, Record(numbers).Select(record => record + ",surplus")),
            (2, Record(numbers).Select(record => record + ", ,\"\",")),
            (3, Gen.Elements("", "  ", ",,,,,,,,,", ",", " , ,\"\",\"\u00a0 \",\t", ",,,,,,,,,,,,,,,\" \"")),
            (3, Gen.Elements("# comment", "  \"#, quoted\nand broken\",x", "total,,,,,5,6,,,", "TOTAL", "GRÖSSE, größe",
                "Größe,\"x\"y", "#")),
            (1, Gen.Elements("C0", "C1,d1.com", "C0,,,2026-10-15,,1,1,true,Pro,\"note\"x", "a0,\"\"!")));

    private static Gen<string> Record(Gen<string> numbers) =>
        from cells in Gen.CollectToArray(Columns(numbers), column => column)
        from always in Gen.Elements(false, false, true)
        select string.Join(',', cells.Select(cell => Quoted(cell, always)));

    private static string Quoted(string cell, bool always) =>
        always || cell.AsSpan().ContainsAny(",\"\r\n") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;

    private static Gen<string> Dates() =>
        Gen.Frequency(
            (12, from days in Gen.Frequency(
                (3, Gen.Choose(0, 40)), (1, Gen.Choose(0, 800)))
                 select $"{ImportCases.Arrival.AddDays(-days):yyyy-MM-dd}"),
            (4, Gen.Elements("2026-10-15T08:30", "2026/10/3", "2026.10.31", "2026-11-23", "0001-01-01")),
            (3, Gen.Elements("2026-10", "2026-09", "2026Q3", "2026-Q2", "2026-W40", "2026-W54", "2026Q5", "1790000000")),
            (1, Gen.Elements("someday", "2026-02-30", "2026-11-24", "2027-01-01")),
            (1, Blank));

    private static Gen<string> Numbers() =>
        Gen.Frequency(
            (8, from hundredths in Gen.Choose(-100_000, 100_000) select FormattableString.Invariant($"{hundredths / 100m}")),
            (6, Gen.Elements("0", "-0", "+12", ".5", "5.", "1e3", "1,234,567", "1.5", "12", "0", "33.333333333333336", "\u221212")),
            (2, Gen.Elements("N/A", "1.2.3", "9007199254740993", "1 2", "1e400")),
            (1, Marked()),
            (3, Blank));

    private static Gen<string> Commas() =>
        Gen.Frequency(
            (8, from hundredths in Gen.Choose(-100_000, 100_000)
                select FormattableString.Invariant($"{hundredths / 100m}").Replace('.', ',')),
            (3, Gen.Elements("0", "9,99", "1.234.567", "12", ",5")),
            (1, Gen.Elements("N/A", "1,2,3", "12345678901234567")),
            (1, Marked()),
            (3, Blank));

    private static Gen<string> Whole() =>
        Gen.Frequency((12, Gen.Choose(0, 2000).Select(number => $"{number}")), (2, Gen.Elements("12 345", "x")), (1, Marked()), (2, Blank));

    private static Gen<string> Ambiguous() => Gen.Elements("1,234", "25.000", "-7,500", "12,345", "1,000");

    private static Gen<string> Marked() =>
        Gen.Elements("$5", "5 usd", "(7)", "(1 234 GB)", "12%", "% 7", "5-", "- 5", "-$5", "$-5", "($-5)", "(5)-", "5 GB USD", "5 GB gb",
            "12 34 567", "1 23 456", "$", "()", "\u22125 %", "12%%");
}
