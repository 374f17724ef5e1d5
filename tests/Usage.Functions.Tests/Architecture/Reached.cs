using System.Text.RegularExpressions;
using Mono.Cecil;
using Usage.Local.Machine;

namespace Usage.Functions.Tests.Architecture;

/// <summary>
/// The code of the product that the product itself can come to: from its entry points and functions, through everything that they
/// mention. What reflection comes to counts with its type: constructors, overrides, and the properties of records, which are JSON.
/// </summary>
internal sealed class Reached
{
    private const string Host = "Usage.Host";

    private static readonly string[] Product = ["Usage.Core", "Usage.Storage", "Usage.Functions", "Usage.Local", Host];

    private readonly HashSet<IMemberDefinition> _reached = [];
    private readonly Queue<IMemberDefinition> _waiting = new();
    private readonly IReadOnlyList<ModuleDefinition> _modules;

    private Reached(IReadOnlyList<ModuleDefinition> modules) => _modules = modules;

    /// <returns>Types and members that nothing in the product comes to, by name.</returns>
    public static IReadOnlyList<string> Never()
    {
        using var files = new Files();
        var product = new Reached([.. Product.Select(files.Load)]);
        product.Follow();
        return [.. product._modules.SelectMany(module => module.Types).SelectMany(product.Left)
            .Concat(UnusedConstants(product._modules)).Order(StringComparer.Ordinal)];
    }

    private void Follow()
    {
        foreach (var module in _modules)
        {
            if (module.EntryPoint is { } main) Add(main);
            foreach (var method in module.Types.SelectMany(type => type.Methods).Where(IsCalledFromOutside)) Add(method);
        }

        while (_waiting.TryDequeue(out var member))
            foreach (var used in Uses(member).OfType<MemberReference>().Where(IsOurs))
                if (used.Resolve() is { } found) Add(found);
    }

    private IEnumerable<object> Uses(IMemberDefinition member)
    {
        if (member.DeclaringType is { } outer) Add(outer);
        if (member is FieldDefinition field) return References.Of(field);
        if (member is MethodDefinition method) return References.Of(method);
        if (member is not TypeDefinition type) return [];
        foreach (var own in type.Methods.Where(
            own => own.IsConstructor || own.IsVirtual || own.HasOverrides || (IsRecord(type) && own.IsSpecialName)))
            Add(own);
        return References.OfHead(type);
    }

    private void Add(IMemberDefinition member)
    {
        if (_reached.Add(member)) _waiting.Enqueue(member);
    }

    private IEnumerable<string> Left(TypeDefinition type)
    {
        if (!type.Namespace.StartsWith("Usage.", StringComparison.Ordinal) || IsGenerated(type)) return [];
        if (!_reached.Contains(type) && !HoldsConstantsOnly(type)) return [type.FullName];
        return type.NestedTypes.SelectMany(nested => LeftIn(nested)).Concat(LeftIn(type));
    }

    private IEnumerable<string> LeftIn(TypeDefinition type) => IsGenerated(type) ? [] :
        type.Methods.Where(method => !method.IsSpecialName && !method.IsPrivate && !IsGenerated(method) && !_reached.Contains(method))
            .Concat<IMemberDefinition>(
                type.Properties.Where(property => !IsGenerated(property)
                    && Accessors(property).All(a => !a.IsPrivate && !_reached.Contains(a))))
            .Concat(type.Fields.Where(field => !field.IsPrivate && !field.HasConstant && !field.IsSpecialName && !_reached.Contains(field)))
            .Select(member => $"{type.FullName}.{member.Name}");

    /// <summary>
    /// The compiler leaves no trace of a constant's use, but the source does: its name stands somewhere else than in its declaration.
    /// </summary>
    private static IEnumerable<string> UnusedConstants(IEnumerable<ModuleDefinition> modules)
    {
        var source = Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Find(), "functions"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
        var words = source.SelectMany(file => Regex.Matches(File.ReadAllText(file), @"\w+").Select(word => word.Value))
            .CountBy(word => word).ToDictionary();
        return modules.SelectMany(module => module.Types).Where(type => type.Namespace.StartsWith("Usage.", StringComparison.Ordinal))
            .SelectMany(type => type.Fields.Where(field => field.HasConstant && words.GetValueOrDefault(field.Name) < 2)
                .Select(field => $"{type.FullName}.{field.Name}"));
    }

    private static IEnumerable<MethodDefinition> Accessors(PropertyDefinition property) =>
        new[] { property.GetMethod, property.SetMethod }.OfType<MethodDefinition>();

    private static bool IsOurs(MemberReference member) =>
        Scope(member as TypeReference ?? member.DeclaringType) is { } scope && Product.Contains(scope);

    private static string? Scope(TypeReference? type) => type?.GetElementType().Scope switch
    {
        ModuleDefinition module => module.Assembly.Name.Name,
        { } scope => scope.Name,
        _ => null,
    };

    /// <summary>By the Functions host, or by the methods that our own emits for it.</summary>
    private static bool IsCalledFromOutside(MethodDefinition method) => method.DeclaringType.FullName == "Usage.Host.Jobs.FunctionBase"
        || method.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "FunctionAttribute");

    private static bool HoldsConstantsOnly(TypeDefinition type) =>
        type.Methods.Count == 0 && type.Fields.All(field => field.HasConstant || field.IsStatic);

    private static bool IsRecord(TypeDefinition type) => type.Methods.Any(method => method.Name == "PrintMembers");

    private static bool IsGenerated(IMemberDefinition member) =>
        member.Name.Contains('<', StringComparison.Ordinal)
            || member.CustomAttributes.Any(a => a.AttributeType.Name is "CompilerGeneratedAttribute" or "GeneratedCodeAttribute");

    /// <summary>Reads each assembly once, so that a type is the same whichever assembly mentions it.</summary>
    private sealed class Files : DefaultAssemblyResolver
    {
        public ModuleDefinition Load(string name)
        {
            // The host is a program of its own, which nothing refers to.
            var path = name == Host ? BuiltProject.Assembly(name) : System.Reflection.Assembly.Load(name).Location;
            AddSearchDirectory(Path.GetDirectoryName(path));
            var assembly = AssemblyDefinition.ReadAssembly(path, new ReaderParameters { AssemblyResolver = this });
            RegisterAssembly(assembly);
            return assembly.MainModule;
        }
    }
}
