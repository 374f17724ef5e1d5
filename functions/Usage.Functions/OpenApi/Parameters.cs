using System.Text.Json.Nodes;
using Usage.Core;
using Usage.Core.Accounts;
using Usage.Core.Ids;
using Usage.Core.Issues;
using Usage.Core.Runs;
using Usage.Functions.Http;

namespace Usage.Functions.OpenApi;

/// <summary>The parameters of routes and queries: each name means the same wherever it stands.</summary>
internal static class Parameters
{
    private static readonly Dictionary<string, Type> Ids = new()
    {
        ["account"] = typeof(AccountId),
        ["dimension"] = typeof(DimensionId),
        ["key"] = typeof(KeyId),
        ["integration"] = typeof(IntegrationId),
        ["product"] = typeof(ProductId),
        ["run"] = typeof(RunId),
        ["segment"] = typeof(SegmentId),
        ["upload"] = typeof(UploadId),
    };

    public static JsonObject InPath(string name) => Parameter(name, "path", Schema(name), required: true);

    // In a query, the key of a row.
    public static JsonObject InQuery(Operation operation, string name) =>
        Parameter(name, "query",
            name == "key" || operation.Texts.Contains(name) ? Text()
                : operation.Numbers.TryGetValue(name, out var number) ? Number(number.Default, number.Max) : Schema(name),
            operation.RequiredQuery.Contains(name));

    public static JsonObject InHeader(string name) => Parameter(name, "header", Text(), required: false);

    private static JsonObject Schema(string name) => name switch
    {
        "top" => Number(PageRequest.DefaultTop, PageRequest.MaxTop),
        "from" or "to" or "date" => new() { ["type"] = "string", ["format"] = "date" },
        "arrivedAt" =>
            new() { ["type"] = "string", ["pattern"] = @"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{0,7})?)?(Z|[+-]\d{2}:\d{2})?)?$" },
        "force" or "preview" or "unchanged" or "count" or "erase" or "validate" => new() { ["type"] = "boolean" },
        "outcome" => (JsonObject)Schemas.Of(typeof(RowOutcome), answered: false),
        "code" => new() { ["type"] = "string", ["enum"] = new JsonArray([.. IssueCode.OfRows]) },
        "row" or "block" => new() { ["type"] = "integer", ["minimum"] = 1 },
        "kind" => (JsonObject)Schemas.Of(typeof(RunKind), answered: false),
        "by" => (JsonObject)Schemas.Of(typeof(MatchBy), answered: false),
        "status" => AnyOf(Enum.GetValues<RunStatus>().Select(CoreJson.Word)),
        _ => Ids.TryGetValue(name, out var id) ? Schemas.OfId(id) : Text(),
    };

    private static JsonObject AnyOf(IEnumerable<string> words)
    {
        var one = $"({string.Join('|', words)})";
        return new() { ["type"] = "string", ["pattern"] = $"^{one}(,{one})*$" };
    }

    private static JsonObject Number(int standard, int max) =>
        new() { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = max, ["default"] = standard };

    private static JsonObject Text() => new() { ["type"] = "string" };

    private static JsonObject Parameter(string name, string place, JsonObject schema, bool required) => new()
    {
        ["name"] = name,
        ["in"] = place,
        ["required"] = required,
        ["schema"] = schema,
    };
}
