using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Usage.Testing.Corpus;

/// <summary>
/// The files of <c>tests/data</c> with what is expected of each: <c>NAME.expected.json</c> beside <c>NAME.csv</c> or another ending.
/// </summary>
public static class CorpusFolder
{
    private const string Expected = ".expected.json";

    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow };

    private static string Folder { get; } = Find();

    /// <summary>What files start from that say nothing else.</summary>
    public static CorpusSetup Setup { get; } = Read<CorpusSetup>(Path.Combine(Folder, "setup.json"));

    /// <summary>In the order of their names.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.GetFiles(Folder, "*" + Expected).Select(path => Path.GetFileName(path)[..^Expected.Length])
            .Order(StringComparer.Ordinal)];

    public static CorpusFile Load(string name)
    {
        var expectation = Read<CorpusExpectation>(Path.Combine(Folder, name + Expected));
        var file = expectation.File
            ?? Path.GetFileName(Directory.GetFiles(Folder, name + ".*").Single(path => !path.EndsWith(Expected, StringComparison.Ordinal)));
        return new CorpusFile(file, expectation.Make?.Bytes() ?? File.ReadAllBytes(Path.Combine(Folder, file)), expectation);
    }

    private static T Read<T>(string path) =>
        JsonSerializer.Deserialize<T>(File.ReadAllBytes(path), Json)
            ?? throw new InvalidDataException($"{path}: found null, expected an object");

    private static string Find([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "data"));
}
