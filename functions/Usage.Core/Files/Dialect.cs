namespace Usage.Core.Files;

/// <summary>How a file's cells are separated. Quoting always follows RFC 4180.</summary>
public sealed record Dialect
{
    public required char Delimiter { get; init; }

    /// <summary>The delimiters that are detected when none is declared.</summary>
    internal static IReadOnlyList<char> Delimiters { get; } = [',', ';', '\t', '|'];

    /// <summary>A delimiter for messages.</summary>
    internal static string Shown(char delimiter) => delimiter == '\t' ? "tab" : $"\"{delimiter}\"";
}
