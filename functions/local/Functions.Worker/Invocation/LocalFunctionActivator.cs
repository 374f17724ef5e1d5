using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Azure.Functions.Worker.Local.Invocation;

/// <summary>A new instance an invocation, its constructor filled from the invocation's services.</summary>
internal sealed class LocalFunctionActivator : IFunctionActivator
{
    private readonly ConcurrentDictionary<Type, ObjectFactory> factories = new();

    public object? CreateInstance(Type instanceType, FunctionContext context) =>
        factories.GetOrAdd(instanceType, static type => ActivatorUtilities.CreateFactory(type, []))(context.InstanceServices, null);
}
