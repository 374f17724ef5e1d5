using System.Text.Json.Serialization;
using Usage.Core.Ids;
using Usage.Core.Values;

namespace Usage.Core.Integrations;

/// <summary>How one kind of CSV is read. The JSON of the API, in C#.</summary>
public sealed record Integration : ISigned
{
    public required IntegrationId Id { get; init; }

    /// <summary>1 for the first; each change that changes something adds one.</summary>
    public int Version { get; init; }

    public required string Name { get; init; }

    /// <summary>Tried in this order; the first rule that finds an account decides.</summary>
    public IReadOnlyList<MatchRule> Match { get; init; } = [];

    public bool AllowMultipleRowsPerCustomer { get; init; }

    public IReadOnlyList<ProductMapping> Products { get; init; } = [];

    public FileFormat File { get; init; } = new();

    public ErrorPolicy OnError { get; init; } = new();

    /// <summary>Where a nightly pull gets the file; null when files are dropped only.</summary>
    public PullSource? Source { get; init; }

    /// <summary>Where a notice is sent when a run ends; null: nowhere.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Notify? Notify { get; init; }

    public string? By { get; init; }

    public DateTimeOffset? At { get; init; }

    public ISigned Signed(string? by, DateTimeOffset? at) => this with { By = by, At = at };
}
