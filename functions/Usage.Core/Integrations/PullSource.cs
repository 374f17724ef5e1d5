namespace Usage.Core.Integrations;

/// <summary>Where a nightly pull gets an integration's file.</summary>
public sealed record PullSource
{
    public required string Url { get; init; }

    /// <summary>
    /// A value of <c>@secret:NAME</c> stands for the app setting <c>Secrets__NAME</c>; secrets themselves are never stored here.
    /// </summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>NCRONTAB with seconds, in the configured time zone.</summary>
    public required string Schedule { get; init; }
}
