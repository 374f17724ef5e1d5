using Usage.Core.Integrations.Formats;
using Usage.Core.Problems;
using Usage.Core.Values;

namespace Usage.Core.Integrations.Rules;

/// <summary>Checks what an admin declares about files.</summary>
public static class FileFormatRules
{
    public const int MaxNullTokens = 50;
    public const int MaxNullTokenLength = 64;

    /// <summary>The character of a declared delimiter; null: none is declared, or it is not a known one.</summary>
    public static char? Delimiter(string? declared) => declared switch
    {
        "," or ";" or "|" or "\t" => declared[0],
        "\\t" => '\t',
        _ => string.Equals(declared, "tab", StringComparison.OrdinalIgnoreCase) ? '\t' : null,
    };

    /// <summary>Longer than Excel lets a sheet's name be (31).</summary>
    public const int MaxSheetLength = 100;

    public const int MaxIgnoreRules = 50;
    public const int MaxIgnoreLength = 200;

    internal static void Check(ProblemList problems, FileFormat file)
    {
        if (file.Delimiter is { } delimiter && Delimiter(delimiter) is null)
            problems.Wrong(ProblemCode.Invalid, "file.delimiter",
                $"found \"{CellText.Shown(delimiter)}\", expected , or ; or | or tab, or null to find out");
        if (file.Encoding is { } encoding && encoding.ToLowerInvariant() is not ("utf-8" or "utf-16" or "windows-1252"))
            problems.Wrong(ProblemCode.Invalid, "file.encoding",
                $"found \"{CellText.Shown(encoding)}\", expected utf-8, utf-16 or windows-1252, or null to find out");
        if (file.DecimalSeparator is { } separator && separator is not ("." or ","))
            problems.Wrong(ProblemCode.Invalid, "file.decimalSeparator",
                $"found \"{CellText.Shown(separator)}\", expected . or , or null to find out");

        CheckSheet(problems, file.Sheet);
        if (file.HeaderRow is < 1)
            problems.Wrong(ProblemCode.OutOfRange, "file.headerRow",
                $"found {file.HeaderRow}, expected the number of the header's line, 1 for the first, or null to find out");
        CheckIgnoreRows(problems, file.IgnoreRows);
        DateFormatRules.Check(problems, "file.dateFormats", file.DateFormats);
        if (file.FileDate is { } fileDate) DateFormatRules.CheckInName(problems, "file.fileDate", fileDate);

        CheckTokens(problems, "file.nullTokens", file.NullTokens);
        CheckTokens(problems, "file.clearTokens", file.ClearTokens);
        var blank = file.NullTokens.OfType<string>().Select(token => token.Trim()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < file.ClearTokens.Count; i++)
            if (file.ClearTokens[i] is { } token && token.Trim().Length > 0 && blank.Contains(token.Trim()))
                problems.Wrong(ProblemCode.Duplicate, $"file.clearTokens[{i}]",
                    $"found \"{CellText.Shown(token)}\", which file.nullTokens has too, expected it in one of the two: "
                    + "a cell either says nothing or takes the stored value away");
    }

    private static void CheckSheet(ProblemList problems, SheetChoice? sheet)
    {
        if (sheet?.Number is < 1)
            problems.Wrong(ProblemCode.OutOfRange, "file.sheet",
                $"found {sheet.Number}, expected the sheet's name, its number among the visible ones, 1 for the first, or null for that");
        else if (sheet?.Name is not null) problems.Text("file.sheet", sheet.Name, MaxSheetLength);
    }

    private static void CheckTokens(ProblemList problems, string path, IReadOnlyList<string> tokens)
    {
        problems.AtMost(path, tokens.Count, MaxNullTokens, "tokens");
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i] is not { } token)
                problems.Wrong(ProblemCode.Required, $"{path}[{i}]", "found null, expected a text");
            else if (token.Length > MaxNullTokenLength)
                problems.Wrong(ProblemCode.TooLong, $"{path}[{i}]",
                    $"found {token.Length} characters, expected at most {MaxNullTokenLength}");
        }
    }

    private static void CheckIgnoreRows(ProblemList problems, IReadOnlyList<IgnoreRule> rules)
    {
        problems.AtMost("file.ignoreRows", rules.Count, MaxIgnoreRules, "rules");
        for (var i = 0; i < rules.Count; i++)
        {
            var path = $"file.ignoreRows[{i}]";
            if (rules[i] is not { } rule)
            {
                problems.Wrong(ProblemCode.Required, path, "found null, expected a rule such as {\"startsWith\": \"#\"}");
                continue;
            }

            if (rule.Column is not null) ColumnRoleRules.CheckColumn(problems, $"{path}.column", rule.Column);
            if ((rule.EqualTo is null) == (rule.StartsWith is null))
                problems.Wrong(ProblemCode.Invalid, path,
                    $"found {(rule.EqualTo is null ? "neither" : "both")}, expected one of equals and startsWith");
            else if (rule.Column is null && rule.EqualTo is not null)
                problems.Wrong(ProblemCode.Required, $"{path}.column", "found none, expected the column that equals is about");
            else
                problems.Text(
                    $"{path}.{(rule.EqualTo is null ? "startsWith" : "equals")}", rule.EqualTo ?? rule.StartsWith, MaxIgnoreLength);
        }
    }
}
