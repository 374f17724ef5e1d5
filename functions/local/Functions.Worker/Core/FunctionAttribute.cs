namespace Microsoft.Azure.Functions.Worker;

/// <summary>Makes a method a function. Names are compared ignoring case and must be unique in an app.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class FunctionAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
