using System.Text.Json.Serialization;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Values;
using Usage.Functions.Http;

namespace Usage.Functions.Integrations;

/// <summary>An integration's body, of <c>PUT /integrations/{i}</c> and of a test run's draft.</summary>
public sealed record IntegrationBody : EditedBody
{
    public required string Name { get; init; }

    public IReadOnlyList<MatchRule> Match { get; init; } = [];

    public bool AllowMultipleRowsPerCustomer { get; init; }

    public IReadOnlyList<ProductMapping> Products { get; init; } = [];

    public FileFormat File { get; init; } = new();

    public ErrorPolicy OnError { get; init; } = new();

    public PullSource? Source { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Notify? Notify { get; init; }

    public static IntegrationBody Of(Integration integration) => new()
    {
        Name = integration.Name,
        Match = integration.Match,
        AllowMultipleRowsPerCustomer = integration.AllowMultipleRowsPerCustomer,
        Products = integration.Products,
        File = integration.File,
        OnError = integration.OnError,
        Source = integration.Source,
        Notify = integration.Notify,
    };

    public Integration ToIntegration(IntegrationId id, int version = 0) => new()
    {
        Id = id,
        Version = version,
        Name = Name,
        Match = Match,
        AllowMultipleRowsPerCustomer = AllowMultipleRowsPerCustomer,
        Products = Products,
        File = File,
        OnError = OnError,
        Source = Source,
        Notify = Notify,
    };
}
