using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Microsoft.Azure.Functions.Worker.Local.Functions;

internal sealed class LocalFunctionDefinition : FunctionDefinition
{
    public LocalFunctionDefinition(string name, MethodInfo method, ParameterInfo trigger, string triggerType)
    {
        Name = name;
        EntryPoint = $"{method.DeclaringType!.FullName}.{method.Name}";
        PathToAssembly = method.DeclaringType.Assembly.Location;
        Id = BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes($"{name}\n{EntryPoint}"))).ToString(CultureInfo.InvariantCulture);
        Parameters = [.. method.GetParameters().Select(p => new FunctionParameter(p.Name!, p.ParameterType, p.HasDefaultValue, p.DefaultValue))];
        var bindings = ImmutableDictionary.CreateBuilder<string, BindingMetadata>();
        bindings.Add(trigger.Name!, new LocalBindingMetadata(trigger.Name!, triggerType));
        foreach (var client in method.GetParameters().Where(p => p.IsDefined(typeof(DurableClientAttribute))))
            bindings.Add(client.Name!, new LocalBindingMetadata(client.Name!, "durableClient"));
        InputBindings = bindings.ToImmutable();
    }

    public override ImmutableArray<FunctionParameter> Parameters { get; }

    public override string PathToAssembly { get; }

    public override string EntryPoint { get; }

    public override string Id { get; }

    public override string Name { get; }

    public override IImmutableDictionary<string, BindingMetadata> InputBindings { get; }

    public override IImmutableDictionary<string, BindingMetadata> OutputBindings => ImmutableDictionary<string, BindingMetadata>.Empty;
}
