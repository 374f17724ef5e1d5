using System.IO.Compression;

namespace Usage.Core.Files.Workbooks.Packages;

/// <summary>A zip archive of parts that name each other by relations. Part names ignore case.</summary>
internal sealed class Package : IDisposable
{
    /// <summary>Lists of parts and sheets are kept in memory.</summary>
    private const int MostOfList = 4 << 20;

    private readonly ZipArchive _archive;
    private readonly Dictionary<string, ZipArchiveEntry> _parts = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _twice = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="archive">Seekable; the package owns it.</param>
    public Package(Stream archive)
    {
        var directory = new DirectoryStream(archive);
        _archive = new ZipArchive(directory, ZipArchiveMode.Read);
        foreach (var entry in _archive.Entries)
        {
            // Some writers separate folders as Windows does.
            var name = entry.FullName.Replace('\\', '/').TrimStart('/');
            if (!_parts.TryAdd(name, entry)) _twice.Add(name);
        }

        directory.Release();
    }

    public bool Has(string part) => _parts.ContainsKey(part);

    /// <summary>A part whose content is a list of a few things.</summary>
    public PartReader OpenList(string part) => Open(part, MostOfList);

    public PartReader Open(string part, long maxBytes)
    {
        if (!_parts.TryGetValue(part, out var entry)) throw WorkbookErrors.Broken($"no part \"{CellText.Shown(part)}\"");
        if (_twice.Contains(part)) throw WorkbookErrors.Broken($"the part \"{CellText.Shown(part)}\" twice");
        if (entry.IsEncrypted) throw WorkbookErrors.Broken($"the part \"{CellText.Shown(part)}\" with a password");
        return new PartReader(new PartStream(entry.Open(), entry, maxBytes));
    }

    /// <param name="part">Empty: the package itself.</param>
    /// <returns>By their ids; none where the part has no relations. Those to what lies outside are left out.</returns>
    public IReadOnlyDictionary<string, Relation> Relations(string part)
    {
        var relations = new Dictionary<string, Relation>(StringComparer.Ordinal);
        var folder = part[..(part.LastIndexOf('/') + 1)];
        var list = $"{folder}_rels/{part[folder.Length..]}.rels";
        if (!Has(list)) return relations;
        using var xml = OpenList(list);
        while (xml.Read())
        {
            if (!xml.IsElement || xml.Name != "Relationship" || xml.Attribute("TargetMode") == "External") continue;
            if (xml.Attribute("Id") is not { } id || xml.Attribute("Target") is not { } target) continue;
            var type = xml.Attribute("Type") ?? "";
            relations[id] = new Relation(type[(type.LastIndexOf('/') + 1)..], Path(folder, target));
        }

        return relations;
    }

    public void Dispose() => _archive.Dispose();

    /// <summary>A target is named from the folder of the part that names it, or from the top.</summary>
    private static string Path(string folder, string target)
    {
        var path = new List<string>();
        target = target.Replace('\\', '/');
        foreach (var step in (target.StartsWith('/') ? target : folder + target).Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (step == "..") path.RemoveRange(Math.Max(path.Count - 1, 0), Math.Min(path.Count, 1));
            else if (step != ".") path.Add(step);
        }

        return string.Join('/', path);
    }
}

/// <param name="Type">Its last word, such as <c>worksheet</c>.</param>
/// <param name="Part">The name of the part that it leads to.</param>
internal readonly record struct Relation(string Type, string Part);
