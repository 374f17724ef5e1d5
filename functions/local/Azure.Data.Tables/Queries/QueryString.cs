namespace Azure.Data.Tables.Queries;

/// <summary>The query of a request for entities or tables, escaped.</summary>
internal static class QueryString
{
    public static string Of(string? filter, int? top, IEnumerable<string>? select, params ReadOnlySpan<(string Name, string? Value)> next)
    {
        var parts = new List<string>();
        Add(parts, "$filter", filter);
        Add(parts, "$top", top?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Add(parts, "$select", select is null ? null : string.Join(',', select));
        foreach (var (name, value) in next) Add(parts, name, value);
        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);
    }

    private static void Add(List<string> parts, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value)) parts.Add($"{name}={Uri.EscapeDataString(value)}");
    }
}
