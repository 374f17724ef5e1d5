using System.Text.RegularExpressions;
using Mono.Cecil;
using Usage.Local.Machine;

namespace Usage.Functions.Tests.Architecture;

/// <summary>
/// The namespaces of an assembly, and which of them use which: by what the compiler made of it, and by the sources, since a constant or
/// the name of something leaves no trace in the first.
/// </summary>
internal sealed partial class Rooms
{
    private readonly Dictionary<string, Dictionary<string, string>> _uses = [];

    private Rooms()
    {
    }

    public static Rooms Of(string assembly)
    {
        var rooms = new Rooms();
        rooms.AddSources(assembly);
        using var module = ModuleDefinition.ReadModule(BuiltProject.Assembly(assembly));
        foreach (var type in module.Types.Where(type => type.Namespace.StartsWith(assembly, StringComparison.Ordinal)))
            foreach (var used in References.OfWhole(type).OfType<TypeReference>().Select(Outermost).Where(used => used.Scope == module))
                rooms.Add(type.Namespace, used.Namespace, $"{type.Name} uses {used.Name}");
        return rooms;
    }

    /// <summary>A directive that nothing needs is an error of the build: what a file has, it uses.</summary>
    private void AddSources(string assembly)
    {
        foreach (var file in Directory.EnumerateFiles(
            Path.Combine(RepositoryRoot.Find(), "functions", assembly), "*.cs", SearchOption.AllDirectories))
        {
            var text = File.ReadAllText(file);
            if (Namespace().Match(text) is not { Success: true } room) continue;
            foreach (Match used in Using().Matches(text))
                if (used.Groups[1].Value is var other && (other == assembly || other.StartsWith($"{assembly}.", StringComparison.Ordinal)))
                    Add(room.Groups[1].Value, other, $"using in {Path.GetFileName(file)}");
        }
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^using (?:static |\w+ = )?([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Using();

    /// <summary>
    /// Namespaces that need each other, directly or through others: each set once, with an example for each arrow among them.
    /// </summary>
    public IReadOnlyList<string> Circles()
    {
        var reach = _uses.Keys.ToDictionary(room => room, Reach);
        return
        [
            .. _uses.Keys.Where(room => reach[room].Contains(room)).Order(StringComparer.Ordinal)
                .GroupBy(room => string.Join(", ", reach[room].Where(other => reach[other].Contains(room)).Order(StringComparer.Ordinal)))
                .Select(circle => $"{circle.Key}:\n{string.Join('\n', Arrows([.. circle]))}"),
        ];
    }

    private IEnumerable<string> Arrows(IReadOnlyCollection<string> rooms) =>
        from room in rooms
        from use in _uses[room]
        where rooms.Contains(use.Key)
        select $"  {room} -> {use.Key} ({use.Value})";

    private HashSet<string> Reach(string room)
    {
        var reached = new HashSet<string>();
        var next = new Stack<string>([room]);
        while (next.TryPop(out var from))
            foreach (var to in _uses.GetValueOrDefault(from, []).Keys)
                if (reached.Add(to)) next.Push(to);
        return reached;
    }

    private void Add(string from, string to, string example)
    {
        _uses.TryAdd(from, []);
        _uses.TryAdd(to, []);
        if (from != to) _uses[from].TryAdd(to, example);
    }

    private static TypeReference Outermost(TypeReference type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
