using System.Text.RegularExpressions;
using Usage.Local.Machine;

namespace Usage.Functions.Tests.Architecture;

/// <summary>Names that .editorconfig can't hold, since its rules don't look at types.</summary>
public sealed partial class NameTests
{
    [Fact]
    public void Cancellation_token_is_called_so() =>
        Assert.Empty(
            from floor in new[] { "functions", "tests" }
            from file in Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Find(), floor), "*.cs", SearchOption.AllDirectories)
            where !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "node_modules")
            from line in File.ReadLines(file).Select((text, at) => (Text: text, Number: at + 1))
            where OtherName().IsMatch(line.Text)
            select $"{file}:{line.Number}: {line.Text.Trim()}");

    /// <summary>BackgroundService calls it stoppingToken, and who overrides that keeps the name (CA1725).</summary>
    [GeneratedRegex(@"\bCancellationToken\?? (?!cancellationToken\b|stoppingToken\b)[a-z]\w*(?= = default|\s*[,)])")]
    private static partial Regex OtherName();
}
