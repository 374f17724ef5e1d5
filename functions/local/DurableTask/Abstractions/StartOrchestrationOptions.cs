using System.Collections.Immutable;

namespace Microsoft.DurableTask;

/// <summary>Options of a new orchestration. The PascalCase parameter names are part of the source contract.</summary>
public record StartOrchestrationOptions
{
    /// <param name="InstanceId">1 to 100 characters, none of <c>/ \ # ?</c> nor control characters, no <c>@</c> in front; default a new GUID.</param>
    /// <param name="StartAt">Until then the instance is pending; default at once.</param>
    public StartOrchestrationOptions(string? InstanceId = null, DateTimeOffset? StartAt = null)
    {
        this.InstanceId = InstanceId;
        this.StartAt = StartAt;
    }

    public StartOrchestrationOptions(StartOrchestrationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        InstanceId = options.InstanceId;
        StartAt = options.StartAt;
        Tags = options.Tags;
        Version = options.Version;
        DedupeStatuses = options.DedupeStatuses;
    }

    public string? InstanceId { get; init; }

    public DateTimeOffset? StartAt { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = ImmutableDictionary<string, string>.Empty;

    public TaskVersion? Version { get; init; }

    /// <summary>
    /// Statuses in which an existing instance of the same id refuses a new one. Whatever is listed, on one machine an
    /// instance that has not ended always refuses it.
    /// </summary>
    public IReadOnlyList<string>? DedupeStatuses { get; init; }
}
