namespace Microsoft.Azure.Functions.Worker;

/// <summary>Makes the instance that a function is called on.</summary>
public interface IFunctionActivator
{
    object? CreateInstance(Type instanceType, FunctionContext context);
}
