using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Usage.Core.Access;
using Usage.Functions.Http;
using Usage.Storage.Setup;

namespace Usage.Functions.Upkeep;

public sealed class HealthFunction(StorageHealth storage)
{
    public sealed record Body(string Status, IReadOnlyDictionary<string, string> Dependencies);

    private static readonly Operation GetHealth =
        new Operation(nameof(GetHealth), "Whether what the app depends on answers.", Audience.Anonymous)
        .Answers<HealthFunction.Body>("Health").Answers<HealthFunction.Body>("Health", 503, "Something doesn't answer.");

    [Function(nameof(GetHealth))]
    public async Task<IActionResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/health")] HttpRequest http, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, GetHealth);
        if (request.Problem is { } problem) return problem;
        var (tables, blobs) = await storage.CheckAsync(cancellationToken);
        return new JsonAnswer<Body>(
            tables && blobs ? 200 : 503,
            new Body(Word(tables && blobs), new Dictionary<string, string> { ["tables"] = Word(tables), ["blobs"] = Word(blobs) }));
    }

    private static string Word(bool healthy) => healthy ? "healthy" : "unhealthy";
}
