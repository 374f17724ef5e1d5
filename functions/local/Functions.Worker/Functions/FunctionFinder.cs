using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.Azure.Functions.Worker.Local.Settings;

namespace Microsoft.Azure.Functions.Worker.Local.Functions;

/// <summary>Finds the functions of an assembly and refuses, all at once, what can't be run.</summary>
internal static partial class FunctionFinder
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <exception cref="StartupException">Names every function that can't be run, with the reason.</exception>
    public static IReadOnlyList<FunctionDescriptor> Find(IEnumerable<Type> types)
    {
        var problems = new List<string>();
        var found = new List<FunctionDescriptor>();
        foreach (var method in types.SelectMany(t => t.GetMethods(Declared)).Where(m => m.IsDefined(typeof(FunctionAttribute), false)))
        {
            var name = method.GetCustomAttribute<FunctionAttribute>()!.Name;
            try
            {
                found.Add(Describe(name, method));
            }
            catch (StartupException e)
            {
                problems.Add($"Function '{name}' ({method.DeclaringType!.Name}.{method.Name}) can't be run: {e.Message}");
            }
        }

        problems.AddRange(
            from same in found.GroupBy(f => f.Name, StringComparer.OrdinalIgnoreCase)
            where same.Count() > 1
            select $"Function name '{same.Key}' is used twice (names ignore case): {string.Join(" and ", same.Select(f => f.Definition.EntryPoint))}.");
        return problems.Count == 0 ? found : throw new StartupException(string.Join(Environment.NewLine, problems));
    }

    private static FunctionDescriptor Describe(string name, MethodInfo method)
    {
        if (!FunctionName().IsMatch(name))
            throw new StartupException("its name must begin with a letter and have only letters, digits, _ and -, at most 128 of them.");
        if (!method.IsPublic) throw new StartupException("the method must be public.");
        if (method.ContainsGenericParameters) throw new StartupException("the method must not be generic.");
        if (method.DeclaringType!.IsAbstract && !method.IsStatic) throw new StartupException("its class must not be abstract.");
        if (method.GetParameters().Any(p => p.ParameterType.IsByRef)) throw new StartupException("ref and out parameters can't be bound.");
        var triggers = method.GetParameters().Where(p => p.IsDefined(typeof(TriggerBindingAttribute))).ToList();
        if (triggers.Count != 1)
            throw new StartupException($"found {triggers.Count} trigger parameters, expected one, such as [HttpTrigger] or [ActivityTrigger].");
        var trigger = triggers[0].GetCustomAttribute<TriggerBindingAttribute>()!;
        return new FunctionDescriptor
        {
            Name = name,
            Method = method,
            Trigger = trigger,
            TriggerParameter = triggers[0],
            Definition = new LocalFunctionDefinition(name, method, triggers[0], TriggerParameters.TypeName(trigger)),
            Parameters = [.. method.GetParameters().Select(p => ParameterSources.For(p, trigger))],
            TaskResult = ResultOf(method),
        };
    }

    private static PropertyInfo? ResultOf(MethodInfo method)
    {
        var type = method.ReturnType;
        if (type == typeof(ValueTask) || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>)))
            throw new StartupException("it returns a ValueTask; return a Task.");
        if (type == typeof(void) && method.IsDefined(typeof(System.Runtime.CompilerServices.AsyncStateMachineAttribute)))
            throw new StartupException("it is async void; return a Task.");
        return type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Task<>) ? type.GetProperty(nameof(Task<>.Result)) : null;
    }

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_-]{0,127}\z")]
    private static partial Regex FunctionName();
}
