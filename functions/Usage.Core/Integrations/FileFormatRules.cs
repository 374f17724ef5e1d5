using Usage.Core.Problems;
using Usage.Core.Values;

namespace Usage.Core.Integrations;

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

        DateFormatRules.Check(problems, "file.dateFormats", file.DateFormats);

        problems.AtMost("file.nullTokens", file.NullTokens.Count, MaxNullTokens, "tokens");
        for (var i = 0; i < file.NullTokens.Count; i++)
        {
            if (file.NullTokens[i] is not { } token)
                problems.Wrong(ProblemCode.Required, $"file.nullTokens[{i}]", "found null, expected a text");
            else if (token.Length > MaxNullTokenLength)
                problems.Wrong(ProblemCode.TooLong, $"file.nullTokens[{i}]",
                    $"found {token.Length} characters, expected at most {MaxNullTokenLength}");
        }
    }
}
