namespace Microsoft.DurableTask.Local;

/// <summary>Finds and names what an orchestrator did otherwise than its history says.</summary>
internal static class NonDeterminism
{
    public const string ForeignTask =
        "The orchestrator awaited a task that is not its context's (Task.Delay, Task.Run, I/O, ConfigureAwait(false), ...). "
        + "Only tasks of TaskOrchestrationContext can be awaited in an orchestrator; everything else belongs in an activity.";

    // The official type's name: code that looks at it finds the same on one machine.
    private const string ErrorType = "DurableTask.Core.Exceptions.NonDeterministicOrchestrationException";

    public static Ending Fail(ExecutionStarted start, string what) => Endings.Failed(ErrorType,
        $"Orchestrator '{start.Name}' of instance '{start.InstanceId}' is not deterministic: {what}");

    /// <summary>Null when the code repeated exactly what the turn records.</summary>
    public static string? Difference(int step, IReadOnlyList<Decision> recorded, IReadOnlyList<Decision> done)
    {
        for (var i = 0; i < Math.Max(recorded.Count, done.Count); i++)
        {
            var expected = i < recorded.Count ? recorded[i] : null;
            var found = i < done.Count ? done[i] : null;
            if (expected is null || found is null || !expected.IsSameAs(found))
            {
                return $"in step {step + 1} its history expects {expected?.Describe() ?? "nothing more"}, "
                    + $"found that the code now asks for {found?.Describe() ?? "nothing"}. "
                    + "Was the orchestrator changed while this instance ran, or does it read something that changes?";
            }
        }

        return null;
    }
}
