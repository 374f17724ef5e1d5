using Microsoft.DurableTask.Converters;

namespace Microsoft.DurableTask.Local;

/// <summary>Where a durable runtime keeps its histories, and how much it does at once.</summary>
internal sealed record DurableRuntimeOptions
{
    /// <summary>Made if it is missing; belongs to one process at a time.</summary>
    public required string Directory { get; init; }

    public int MaxConcurrentActivities { get; init; } = 4;

    public int MaxConcurrentOrchestrators { get; init; } = 16;

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    public DataConverter DataConverter { get; init; } = JsonDataConverter.Default;

    /// <summary>How long a stop waits for activities that run; those that don't end run again at the next start.</summary>
    public TimeSpan ShutdownGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Whether each record also waits for the disk. Off, what was acknowledged survives the death of the process, but not
    /// that of the machine.
    /// </summary>
    public bool FlushToDisk { get; init; }

    /// <summary>Called after each change on disk with the name of the change; for tests that end the process there.</summary>
    public Action<string>? OnDisk { get; init; }
}
