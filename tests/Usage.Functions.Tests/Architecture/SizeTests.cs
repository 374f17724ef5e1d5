using Usage.Local.Machine;

namespace Usage.Functions.Tests.Architecture;

/// <summary>Sizes that the code of the product and of its tests is held to.</summary>
public sealed class SizeTests
{
    private const int LongestLine = 140; // max_line_length of .editorconfig, which the compiler doesn't look at
    private const int LinesOfAFile = 200;
    private const int FilesOfAFolder = 15;

    private static readonly string[] Files =
    [
        .. new[] { "Usage.Core", "Usage.Storage", "Usage.Functions", "Usage.Local", "Usage.Host" }
            .SelectMany(project => Sources(Path.Combine(RepositoryRoot.Find(), "functions", project))),
        .. Directory.EnumerateDirectories(Path.Combine(RepositoryRoot.Find(), "tests")).SelectMany(Sources),
        .. Page,
    ];

    private static IEnumerable<string> Page =>
        new[] { "*.ts", "*.tsx", "*.css" }.SelectMany(kind => Directory.EnumerateFiles(
            Path.Combine(RepositoryRoot.Find(), "functions", "Usage.Page", "src"), kind, SearchOption.AllDirectories));

    private static IEnumerable<string> Papers =>
        new[] { "docs", "tests/Usage.Benchmarks/results" }.SelectMany(folder => Directory.EnumerateFiles(
            Path.Combine(RepositoryRoot.Find(), folder), "*", SearchOption.AllDirectories));

    private static IEnumerable<string> Sources(string project) =>
        Directory.EnumerateDirectories(project).Where(folder => Path.GetFileName(folder) is not ("bin" or "obj"))
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(project, "*.cs"));

    [Fact]
    public void No_line_is_longer_than_it_may_be() =>
        Assert.Empty(Files.SelectMany(file => File.ReadLines(file)
            .Select((line, at) => (line.Length, At: $"{file}:{at + 1}"))
            .Where(line => line.Length > LongestLine)
            .Select(line => $"{line.At}: {line.Length} characters")));

    [Fact]
    public void No_file_has_more_lines_than_it_may() =>
        Assert.Empty(Files.Select(file => (File: file, Lines: File.ReadLines(file).Count())).Where(file => file.Lines > LinesOfAFile)
            .Select(file => $"{file.File}: {file.Lines} lines"));

    [Fact]
    public void No_folder_holds_more_files_than_it_may() =>
        Assert.Empty(Files.Concat(Papers).GroupBy(Path.GetDirectoryName).Where(folder => folder.Count() > FilesOfAFolder)
            .Select(folder => $"{folder.Key}: {folder.Count()} files"));
}
