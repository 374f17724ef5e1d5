using Usage.Core.Integrations.Rules;

using static Usage.Core.Tests.Integrations.Drafts;

namespace Usage.Core.Tests.Integrations;

public sealed class FileFormatRulesTests
{
    [Theory]
    [InlineData(",", ',')]
    [InlineData(";", ';')]
    [InlineData("|", '|')]
    [InlineData("\t", '\t')]
    [InlineData("\\t", '\t')]
    [InlineData("Tab", '\t')]
    public void Delimiter_is_declared_by_character_or_word(string declared, char delimiter)
    {
        Assert.Equal(delimiter, FileFormatRules.Delimiter(declared));
        Assert.Empty(Check(Good with { File = new() { Delimiter = declared } }));
    }

    [Fact]
    public void Unknown_declarations_are_told_with_what_is_known() => Assert.Equal(
        [
            "Wrong invalid file.delimiter: found \":\", expected , or ; or | or tab, or null to find out",
            "Wrong invalid file.encoding: found \"ebcdic\", expected utf-8, utf-16 or windows-1252, or null to find out",
            "Wrong invalid file.decimalSeparator: found \"'\", expected . or , or null to find out",
            "Wrong too-long file.nullTokens[1]: found 65 characters, expected at most 64",
        ],
        Check(
            Good with { File = new() { Delimiter = ":", Encoding = "ebcdic", DecimalSeparator = "'", NullTokens = ["", new('x', 65)] } }));

    [Fact]
    public void Lines_around_the_table_are_checked()
    {
        Assert.Empty(Check(Good with
        {
            File = new() { HeaderRow = 1, IgnoreRows = [new() { StartsWith = "#" }, new() { Column = "x", EqualTo = "Total" }] },
        }));
        Assert.Equal(
            [
                "Wrong out-of-range file.headerRow: found 0, expected the number of the header's line, 1 for the first, "
                    + "or null to find out",
                "Wrong invalid file.ignoreRows[0]: found neither, expected one of equals and startsWith",
                "Wrong invalid file.ignoreRows[1]: found both, expected one of equals and startsWith",
                "Wrong required file.ignoreRows[2].column: found none, expected the column that equals is about",
                "Wrong required file.ignoreRows[3].startsWith: found nothing, expected 1 to 200 characters",
                "Wrong too-long file.ignoreRows[4].equals: found 201 characters, expected at most 200",
                "Wrong reserved-column file.ignoreRows[5].column: found \"_RAW\", expected another column: "
                    + "_row, _outcome, _code, _message, _raw, _run are those of a rejected file, and are ignored",
            ],
            Check(Good with
            {
                File = new()
                {
                    HeaderRow = 0,
                    IgnoreRows =
                    [
                        new() { Column = "x" }, new() { EqualTo = "a", StartsWith = "b" }, new() { EqualTo = "a" },
                        new() { StartsWith = " " }, new() { Column = "x", EqualTo = new('x', 201) },
                        new() { Column = "_RAW", EqualTo = "x" },
                    ],
                },
            }));
    }

    [Theory]
    [InlineData("yyyy-MM", null)]
    [InlineData("quarter", null)]
    [InlineData("MM", "a format with a year, such as dd/MM/yyyy")]
    [InlineData("unix", "a .NET custom date format such as yyyy-MM, quarter or iso-week")]
    public void The_date_in_a_name_has_a_format_with_a_year(string format, string? expected) => Assert.Equal(
        expected is null ? [] : [$"Wrong invalid file.fileDate: found \"{format}\", expected {expected}"],
        Check(Good with { File = new() { FileDate = format } }));

    [Fact]
    public void A_token_says_one_thing_only() => Assert.Equal(
        [
            "Wrong too-long file.clearTokens[1]: found 65 characters, expected at most 64",
            "Wrong duplicate file.clearTokens[2]: found \" NONE\", which file.nullTokens has too, expected it in one of the two: "
                + "a cell either says nothing or takes the stored value away",
        ],
        Check(Good with { File = new() { NullTokens = ["-", "none "], ClearTokens = ["(none)", new('x', 65), " NONE"] } }));

    [Theory]
    [InlineData("UTF-8")]
    [InlineData("utf-16")]
    [InlineData("Windows-1252")]
    public void Encoding_is_known_in_any_case(string encoding) => Assert.Empty(Check(Good with { File = new() { Encoding = encoding } }));

    [Theory]
    [InlineData("dd/MM/yyyy")]
    [InlineData("d.M.yy")]
    [InlineData("yyyyMMdd")]
    [InlineData("MMM yyyy")]
    [InlineData("yyyy")]
    [InlineData("dddd, d MMMM yyyy")]
    [InlineData("dd/MM/yyyy hh:mm tt")]
    [InlineData("yyyy-MM-dd'T'HH:mm:ssK")]
    [InlineData("unix")]
    [InlineData("unix-ms")]
    [InlineData("excel")]
    [InlineData("quarter")]
    [InlineData("iso-week")]
    public void Date_format_with_a_year_is_good(string format) =>
        Assert.Empty(Check(Good with { File = new() { DateFormats = [format] } }));

    [Theory]
    [InlineData("d", "a custom format such as dd/MM/yyyy, not a standard one")]
    [InlineData("dd/MM", "a format with a year, such as dd/MM/yyyy")] // it would be this year's
    [InlineData("ddd dd/MM", "a format with a year, such as dd/MM/yyyy")]
    [InlineData("HH:mm", "a format with a year, such as dd/MM/yyyy")]
    [InlineData("'soon'", "a format with a year, such as dd/MM/yyyy")]
    [InlineData("Unix", "a format with a year, such as dd/MM/yyyy")]
    [InlineData("dd yyyy", "a format with a month as well as a day, such as dd/MM/yyyy")]
    [InlineData("yyyy-dd-MM", "a format that doesn't read 2024-03-04 as another date than ISO 8601 does")]
    [InlineData("dd/MM/yyyy '", "a .NET custom date format such as dd/MM/yyyy")]
    public void Date_format_that_would_guess_is_refused(string format, string expected) => Assert.Equal(
        [$"Wrong invalid file.dateFormats[0]: found \"{format}\", expected {expected}"],
        Check(Good with { File = new() { DateFormats = [format] } }));

    [Theory]
    [InlineData("MM/dd/yyyy")]
    [InlineData("M/d/yyyy")]
    [InlineData("MM/dd/yyyy HH:mm")]
    public void Formats_that_read_a_date_differently_are_a_warning(string second)
    {
        var first = "dd/MM/yyyy" + second[(second.IndexOf("yyyy", StringComparison.Ordinal) + 4)..];
        Assert.Equal(
            [
                $"Warning date-formats-overlap file.dateFormats[1]: found \"{second}\", which reads some dates otherwise than \"{first}\"; "
                    + "the first of the list that fits a cell counts",
            ],
            Check(Good with { File = new() { DateFormats = [first, second, "dd.MM.yyyy"] } }));
    }

    [Theory]
    [InlineData("unix", "excel")]
    [InlineData("unix-ms", "excel")]
    [InlineData("unix", "yyyyMMdd")]
    public void Words_that_read_the_same_numbers_are_a_warning_too(string first, string second) => Assert.StartsWith(
        $"Warning date-formats-overlap file.dateFormats[1]: found \"{second}\", which reads some dates otherwise than \"{first}\"",
        Assert.Single(Check(Good with { File = new() { DateFormats = [first, second, "quarter", "iso-week"] } })));
}
