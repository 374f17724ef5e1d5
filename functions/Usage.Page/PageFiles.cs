using System.Security.Cryptography;

namespace Usage.Page;

/// <summary>The files of the page, from this assembly: no path of a disk is ever made of what somebody asks for.</summary>
public static class PageFiles
{
    internal const string Assets = "assets/";

    private const string Folder = "page/";
    private const string Index = "index.html";

    private static readonly (string Coding, string Ending)[] Codings = [("br", ".br"), ("gzip", ".gz")];

    private static readonly Dictionary<string, PageFile> All = Read();

    /// <returns>Null: there is no such file. What is no file is a place within the page, which it finds itself.</returns>
    public static PageFile? Find(string path) =>
        All.GetValueOrDefault(path) ?? (path.StartsWith(Assets, StringComparison.Ordinal) ? null : All[Index]);

    private static Dictionary<string, PageFile> Read()
    {
        var bytes = typeof(PageFiles).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .ToDictionary(name => name[Folder.Length..], Bytes);
        return bytes.Keys.Where(name => !Codings.Any(coding => name.EndsWith(coding.Ending, StringComparison.Ordinal)))
            .ToDictionary(name => name, name => File(name, bytes));
    }

    private static PageFile File(string name, Dictionary<string, ReadOnlyMemory<byte>> bytes) => new(
        name, ContentType(name), Convert.ToHexStringLower(SHA256.HashData(bytes[name].Span)[..10]), bytes[name],
        [
            .. Codings.Where(coding => bytes.ContainsKey(name + coding.Ending))
                .Select(coding => KeyValuePair.Create(coding.Coding, bytes[name + coding.Ending])),
        ]);

    private static string ContentType(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        var other => throw new InvalidOperationException($"the page has a file {name}, and nobody said what {other} is: add it here"),
    };

    private static ReadOnlyMemory<byte> Bytes(string resource)
    {
        using var from = typeof(PageFiles).Assembly.GetManifestResourceStream(resource)!;
        var bytes = new byte[from.Length];
        from.ReadExactly(bytes);
        return bytes;
    }
}
