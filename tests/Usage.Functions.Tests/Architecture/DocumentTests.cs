using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Usage.Local.Machine;

namespace Usage.Functions.Tests.Architecture;

/// <summary>What the documents name is there.</summary>
public sealed partial class DocumentTests
{
    private static readonly string Root = RepositoryRoot.Find();

    public static TheoryData<string> Documents => new(
        Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Root, "*.md"))
            .Select(file => Path.GetRelativePath(Root, file)));

    [Theory]
    [MemberData(nameof(Documents))]
    public void Paths_and_links_lead_somewhere(string document)
    {
        var (text, folder) = (File.ReadAllText(Path.Combine(Root, document)), Path.GetDirectoryName(Path.Combine(Root, document))!);
        var links = Link().Matches(text).Select(link => Path.Combine(folder, link.Groups[1].Value));
        var paths = RepositoryPath().Matches(text).Select(path => Path.Combine(Root, path.Groups[1].Value));
        Assert.Empty(links.Concat(paths).Where(path => !Path.Exists(path)).Select(path => Path.GetRelativePath(Root, path)));
    }

    /// <summary>Those of the sample are all that are bound, and no others.</summary>
    [Theory]
    [MemberData(nameof(Documents))]
    public void Settings_are_those_of_the_sample(string document)
    {
        var sample = JsonNode.Parse(File.ReadAllText(Path.Combine(Root, "local.settings.sample.json")))!["Values"]!.AsObject()
            .Select(value => value.Key.Replace("Secrets__EXAMPLE", "Secrets__NAME", StringComparison.Ordinal)).ToList();
        var unknown = Setting().Matches(File.ReadAllText(Path.Combine(Root, document))).Select(name => name.Value)
            .Where(name => !sample.Exists(setting => name.StartsWith('…') ? setting.EndsWith(name[1..], StringComparison.Ordinal)
                : name.EndsWith("__", StringComparison.Ordinal) ? setting.StartsWith(name, StringComparison.Ordinal) : setting == name));
        Assert.Empty(unknown);
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Routes_are_served(string document)
    {
        var unknown = DocumentedRoute.In(File.ReadAllText(Path.Combine(Root, document))).Where(route => !route.IsServed);
        Assert.Empty(unknown);
    }

    [Fact]
    public void Architecture_names_every_table_and_container_and_no_other()
    {
        string[] sources = ["UsageTables.cs", "UsageBlobs.cs"];
        var code = string.Concat(sources.Select(source => File.ReadAllText(Path.Combine(Root, "functions", "Usage.Storage", source))));
        var there = StorageName().Matches(code).Select(name => name.Groups[1].Success ? name.Groups[1].Value : name.Groups[2].Value)
            .Distinct().Order(StringComparer.Ordinal);
        var (tables, containers) = (Section("Tables"), Section("Containers"));
        var named = FirstCell().Matches(tables + containers).SelectMany(cell => Code().Matches(cell.Value))
            .Select(name => name.Groups[1].Value);
        Assert.Equal(there, named.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Architecture_names_classes_that_are_there()
    {
        var classes = Directory.EnumerateFiles(Path.Combine(Root, "functions"), "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetFileNameWithoutExtension(file)).ToHashSet(StringComparer.Ordinal);
        var named = Code().Matches(Section("A file's way")).Select(name => name.Groups[1].Value).Where(name => ClassName().IsMatch(name));
        Assert.Empty(named.Except(classes));
    }

    private static string Section(string title)
    {
        var text = File.ReadAllText(Path.Combine(Root, "docs", "architecture.md"));
        return text.Split($"## {title}\n")[1].Split("\n## ")[0];
    }

    [GeneratedRegex(@"\]\((?!https?:)([^)#]+)\)")]
    private static partial Regex Link();

    // A whole name, the beginning of several (Usage__Pulls__…), or the end of one that was named before (…MaxSeconds).
    [GeneratedRegex(@"\b(?:Usage|Secrets)__\w+|\bAzureWebJobs\w+|(?<=`)…_*[A-Z]\w+")]
    private static partial Regex Setting();

    [GeneratedRegex("`((?:functions|tests|infra|docs|\\.ci)/[\\w./-]+)`")]
    private static partial Regex RepositoryPath();

    [GeneratedRegex("GetTableClient\\(\"(\\w+)\"\\)|(?<=GetBlobContainerClient\\(|ImportsName = |RunsName = |UploadsName = )\"([\\w-]+)\"")]
    private static partial Regex StorageName();

    [GeneratedRegex(@"^\| [^|]+", RegexOptions.Multiline)]
    private static partial Regex FirstCell();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex("^[A-Z][A-Za-z]+$")]
    private static partial Regex ClassName();
}
