using Usage.Core.Problems;
using Usage.Core.Values;
using Usage.Core.Values.Numbers;

namespace Usage.Core.Integrations.Rules;

/// <summary>Checks what a mapped column declares of its numbers or booleans.</summary>
internal static class CellFormatRules
{
    public const int MaxAffixes = 20;
    public const int MaxWords = 50;
    public const int MaxLength = 64;

    /// <param name="type">Null: nobody knows the dimension; that is told elsewhere.</param>
    public static void Check(ProblemList problems, string path, DimensionMapping mapping, DataType? type)
    {
        if (mapping.Number is { } number)
        {
            if (type is { } other and not DataType.Numeric) Misplaced(problems, $"{path}.number", mapping, other, DataType.Numeric);
            CheckAffixes(problems, $"{path}.number.affixes", number);
        }
        if (mapping.Boolean is { } boolean)
        {
            if (type is { } other and not DataType.Boolean) Misplaced(problems, $"{path}.boolean", mapping, other, DataType.Boolean);
            CheckWords(problems, $"{path}.boolean", boolean);
        }
    }

    private static void Misplaced(ProblemList problems, string path, DimensionMapping mapping, DataType type, DataType needed) =>
        problems.Wrong(ProblemCode.Invalid, path,
            $"found it for \"{mapping.Dimension}\", which is {CoreJson.Word(type)}, "
            + $"expected it for a {CoreJson.Word(needed)} dimension only");

    private static void CheckAffixes(ProblemList problems, string path, NumberFormat number)
    {
        problems.AtMost(path, number.Affixes.Count, MaxAffixes, "affixes");
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < Math.Min(number.Affixes.Count, MaxAffixes); i++)
        {
            var at = $"{path}[{i}]";
            if (!IsText(problems, at, number.Affixes[i], out var affix)) continue;
            if (Wrong(affix) is { } why)
                problems.Wrong(ProblemCode.Invalid, at, $"found \"{CellText.Shown(affix)}\", expected {why}");
            else if (!seen.Add(affix))
                problems.Wrong(ProblemCode.Duplicate, at,
                    $"found \"{CellText.Shown(affix)}\" again, expected each affix once, in any case");
        }
    }

    /// <summary>What could be part of a number itself would be taken off one that means something else.</summary>
    private static string? Wrong(string affix)
    {
        if (affix.Contains('%')) return "no percent sign: declare \"percent\" for it";
        if (affix.Any(char.IsAsciiDigit)) return "no digits in it";
        if (affix.AsSpan().ContainsAny("()")) return "no parentheses: declare \"parentheses\" for them";
        if (affix.AsSpan().ContainsAny("+-\u2212")) return "no sign in it";
        return affix.Any(c => !char.IsWhiteSpace(c) && !".,'\u2019".Contains(c)) ? null : "a currency or a unit, such as $ or GB";
    }

    private static void CheckWords(ProblemList problems, string path, BooleanFormat boolean)
    {
        if (boolean.True.Count + boolean.False.Count == 0)
            problems.Wrong(ProblemCode.Required, path, "found no words, expected some, such as {\"true\": [\"J\"], \"false\": [\"N\"]}");
        var words = Words(problems, $"{path}.true", boolean.True).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var word in Words(problems, $"{path}.false", boolean.False))
            if (words.Contains(word))
                problems.Wrong(ProblemCode.Duplicate, $"{path}.false",
                    $"found \"{CellText.Shown(word)}\", which is among the words for true, expected each word once");
    }

    private static List<string> Words(ProblemList problems, string path, IReadOnlyList<string> list)
    {
        problems.AtMost(path, list.Count, MaxWords, "words");
        var words = new List<string>();
        for (var i = 0; i < Math.Min(list.Count, MaxWords); i++)
            if (IsText(problems, $"{path}[{i}]", list[i], out var word)) words.Add(word);
        return words;
    }

    private static bool IsText(ProblemList problems, string path, string? given, out string text)
    {
        text = CellText.Trim(given ?? "");
        return problems.Text(path, text, MaxLength);
    }
}
