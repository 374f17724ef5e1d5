namespace Microsoft.DurableTask;

/// <summary>Names a class-based orchestrator or activity; without a name the class's own counts.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class DurableTaskAttribute : Attribute
{
    public DurableTaskAttribute(string? name = null) => Name = name!;

    public TaskName Name { get; }

    public string? Version { get; set; }
}
