using System.Text.RegularExpressions;

namespace Usage.Core.Suggestions.Columns;

/// <summary>What a number carries beside its digits. Only well-known currencies and units are taken for such.</summary>
internal readonly partial record struct NumberMark
{
    private static readonly HashSet<string> Currencies = new(StringComparer.OrdinalIgnoreCase)
    {
        "$", "€", "£", "¥", "₹", "US$", "A$", "C$", "R$", "USD", "EUR", "GBP", "CHF", "JPY", "INR", "SEK", "NOK", "DKK", "CAD", "AUD",
        "NZD", "BRL", "PLN", "CZK", "SGD", "kr", "kr.", "zł", "Fr.",
    };

    // Neither k nor M: they are factors.
    private static readonly HashSet<string> Units = new(StringComparer.OrdinalIgnoreCase)
    {
        "B", "KB", "MB", "GB", "TB", "PB", "KiB", "MiB", "GiB", "TiB", "ms", "s", "sec", "secs", "min", "mins", "minutes", "h", "hr", "hrs",
        "hours", "d", "days", "Std", "Std.", "users", "seats", "licenses", "licences", "requests", "calls", "units", "credits", "tokens",
        "pcs", "Stk", "Stk.", "Stück", "kWh", "MWh", "req/s", "rps", "Mbps", "vCPU", "cores",
    };

    public string? Currency { get; init; }

    public string? Unit { get; init; }

    public bool Percent { get; init; }

    public bool Parentheses { get; init; }

    public bool TrailingMinus { get; init; }

    public bool Indian { get; init; }

    public bool IsNone => this == default;

    /// <returns>The marks and the digits between them; no digits: there is something else too.</returns>
    public static (NumberMark Marks, string Core) Split(string cell)
    {
        var parts = Parts().Match(cell);
        if (!parts.Success) return (default, "");
        var marks = new NumberMark
        {
            Parentheses = parts.Groups["open"].Captures.Any(open => open.Length > 0),
            TrailingMinus = parts.Groups["minus"].Success,
        };
        if (marks.Parentheses != parts.Groups["close"].Length > 0) return (default, "");
        foreach (var side in (string[])["before", "after"])
            foreach (Capture affix in parts.Groups[side].Captures)
                if (!marks.Add(affix.Value.Trim(), out marks)) return (default, "");
        return (marks, parts.Groups["core"].Value);
    }

    private bool Add(string affix, out NumberMark more)
    {
        more = this;
        if (affix.Length == 0) return true;
        if (affix == "%" && !Percent) more = this with { Percent = true };
        else if (Currencies.Contains(affix) && Currency is null) more = this with { Currency = affix };
        else if (Units.Contains(affix) && Unit is null) more = this with { Unit = affix };
        else return false;
        return true;
    }

    [GeneratedRegex(
        @"^(?<open>\(?)\s*[-+\u2212]?(?<before>[^\d\s()+\-\u2212]*)\s*(?<open>\(?)[-+\u2212]?(?<core>\d[\d.,'\u2019\s]*\d|\d|[.,]\d+)\s*"
            + @"(?<minus>-)?\s*(?<after>%|[^\d\s()+\-\u2212]*)\s*(?<after>%|[^\d\s()+\-\u2212]*)(?<close>\)?)(?<minus>-)?$",
        RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parts();
}
