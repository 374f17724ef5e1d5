namespace Microsoft.DurableTask.Local;

/// <summary>One run of an activity: what the host needs to bind its parameters.</summary>
internal sealed class LocalActivity(
    string name, string instanceId, int taskId, string version, string? serializedInput, DataConverter converter) : TaskActivityContext
{
    public override TaskName Name { get; } = name;

    public override string InstanceId { get; } = instanceId;

    public override string Version { get; } = version;

    /// <summary>The same for every run of one call, retries of a policy not included.</summary>
    public int TaskId { get; } = taskId;

    public string? SerializedInput { get; } = serializedInput;

    public object? GetInput(Type type) => converter.Deserialize(SerializedInput, type);
}
