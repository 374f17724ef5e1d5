namespace Microsoft.DurableTask.Local;

/// <summary>What Durable Functions takes as an instance id.</summary>
internal static class InstanceIds
{
    private const int Longest = 100;

    /// <exception cref="ArgumentException">The id would be refused in Azure.</exception>
    public static void Check(string instanceId)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        if (instanceId.Length > Longest || instanceId[0] == '@' || instanceId.Any(c => c is '/' or '\\' or '#' or '?' || char.IsControl(c)))
        {
            throw new ArgumentException(
                $"Found the instance id '{instanceId}', expected 1 to {Longest} characters, none of / \\ # ? nor control characters, and no @ in front.",
                nameof(instanceId));
        }
    }
}
