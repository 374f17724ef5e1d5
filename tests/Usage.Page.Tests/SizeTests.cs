using System.Text;
using System.Text.RegularExpressions;

namespace Usage.Page.Tests;

/// <summary>What a browser is sent, packed: little enough for a slow line.</summary>
public sealed partial class SizeTests
{
    private const int FirstLoad = 40_000;
    private const int Route = 15_000;

    private static readonly string[] Scripts =
    [
        .. typeof(PageFile).Assembly.GetManifestResourceNames().Where(name => name.EndsWith(".js", StringComparison.Ordinal))
            .Select(name => name["page/".Length..]),
    ];

    [Fact]
    public void First_load_is_small() => Assert.InRange(First().Append("index.html").Sum(Packed), 1, FirstLoad);

    [Fact]
    public void Each_route_adds_little()
    {
        var first = First();
        Assert.All(Scripts.Where(script => !first.Contains(script)), script =>
        {
            var all = new HashSet<string>();
            Follow(script, all);
            Assert.InRange(all.Except(first).Sum(Packed), 1, Route);
        });
    }

    /// <summary>The page's policy lets neither run nor apply, so neither may be there.</summary>
    [Fact]
    public void Nothing_stands_in_the_page_itself()
    {
        var index = Text("index.html");
        Assert.DoesNotMatch(@"<script(?![^>]*\bsrc=)", index);
        Assert.DoesNotMatch(@"<style|\bstyle=|\bon\w+=", index);
    }

    private static HashSet<string> First()
    {
        var all = new HashSet<string>();
        foreach (Match asset in Asset().Matches(Text("index.html"))) Follow(asset.Groups[1].Value, all);
        return all;
    }

    private static void Follow(string name, HashSet<string> all)
    {
        if (!all.Add(name) || !name.EndsWith(".js", StringComparison.Ordinal)) return;
        foreach (Match import in Import().Matches(Text(name))) Follow($"assets/{import.Groups[1].Value}", all);
    }

    private static string Text(string name) => Encoding.UTF8.GetString(PageFiles.Find(name)!.Plain.Span);

    private static int Packed(string name)
    {
        var file = PageFiles.Find(name)!;
        return file.Packed.FirstOrDefault(packed => packed.Key == "gzip") is { Key: not null } gzip ? gzip.Value.Length : file.Plain.Length;
    }

    [GeneratedRegex(@"/ui/(assets/[\w.-]+)")]
    private static partial Regex Asset();

    // Not import(): what that loads comes later.
    [GeneratedRegex(@"(?:from|import)\s*[""'`]\./([\w.-]+\.js)")]
    private static partial Regex Import();
}
