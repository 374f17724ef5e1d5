using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Usage.Testing.Corpus;

/// <summary>
/// The files of <c>tests/data</c> with what is expected of each: <c>NAME.expected.json</c> beside <c>NAME.csv</c> or another ending.
/// Each folder has a <c>setup.json</c> that its files start from.
/// </summary>
public static class CorpusFolder
{
    private const string Expected = ".expected.json";

    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow };

    private static string Folder { get; } = Find();

    /// <summary>Settings of the app under test.</summary>
    public static CorpusLimits Limits { get; } = Setup(Folder).Limits;

    /// <summary>Paths within the folder, without endings, in their order.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.GetFiles(Folder, "*" + Expected, SearchOption.AllDirectories).Where(path => !IsSuggested(path))
            .Select(path => Path.GetRelativePath(Folder, path)[..^Expected.Length]).Order(StringComparer.Ordinal)];

    public static CorpusFile Load(string name)
    {
        var path = Path.Combine(Folder, name);
        var (folder, own) = (Path.GetDirectoryName(path)!, Path.GetFileName(path));
        var expectation = Read<CorpusExpectation>(path + Expected);
        var file = expectation.File
            ?? Path.GetFileName(Directory.GetFiles(folder, own + ".*").Single(path => !path.EndsWith(Expected, StringComparison.Ordinal)));
        return new CorpusFile(
            file, expectation.Make?.Bytes() ?? File.ReadAllBytes(Path.Combine(folder, file)), expectation, Setup(folder));
    }

    /// <summary>Those are of suggestions: <see cref="Suggestions.SuggestFolder"/>.</summary>
    private static bool IsSuggested(string path) => Path.GetFileName(Path.GetDirectoryName(path)) == "suggest";

    private static CorpusSetup Setup(string folder) => Read<CorpusSetup>(Path.Combine(folder, "setup.json"));

    private static T Read<T>(string path) =>
        JsonSerializer.Deserialize<T>(File.ReadAllBytes(path), Json)
            ?? throw new InvalidDataException($"{path}: found null, expected an object");

    private static string Find([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "data"));
}
