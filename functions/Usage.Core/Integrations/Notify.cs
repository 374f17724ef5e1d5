namespace Usage.Core.Integrations;

/// <summary>Where one POST goes when a run of an integration ends.</summary>
public sealed record Notify
{
    public required string Url { get; init; }

    /// <summary><c>@secret:NAME</c>: the app setting <c>Secrets__NAME</c> signs what is sent; it is never stored here.</summary>
    public required string Secret { get; init; }
}
