using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Usage.Functions.OpenApi;

namespace Usage.Functions.Tests.OpenApi;

public sealed class OpenApiRouteTests
{
    private static readonly JsonNode Document =
        JsonNode.Parse(Assert.IsType<ContentResult>(new OpenApiFunction().Get(new DefaultHttpContext().Request)).Content!)!;

    [Fact]
    public void Every_route_is_described_and_every_description_is_a_route() =>
        Assert.Equal(Served().Select(Line).Order(), Described().Order());

    [Fact]
    public void Only_health_and_the_description_itself_are_open_to_anybody() =>
        Assert.Equal(["health", "openapi.json"],
            Served().Where(f => f.Trigger.AuthLevel == AuthorizationLevel.Anonymous).Select(f => f.Trigger.Route).Order());

    [Fact]
    public void References_point_at_schemas()
    {
        var schemas = Document["components"]!["schemas"]!.AsObject().Select(schema => $"#/components/schemas/{schema.Key}").ToHashSet();
        var references = JsonDocument.Parse(Document.ToJsonString()).RootElement;
        Assert.All(References(references), reference => Assert.Contains(reference, schemas));
    }

    private static IEnumerable<(string Name, HttpTriggerAttribute Trigger)> Served() =>
        from type in typeof(OpenApiFunction).Assembly.GetTypes()
        from method in type.GetMethods()
        let function = method.GetCustomAttribute<FunctionAttribute>()
        where function is not null
        let trigger = method.GetParameters().Select(p => p.GetCustomAttribute<HttpTriggerAttribute>()).FirstOrDefault(t => t is not null)
        where trigger is not null
        select (function.Name, trigger);

    private static string Line((string Name, HttpTriggerAttribute Trigger) function) =>
        $"{function.Trigger.Methods!.Single()} /{function.Trigger.Route} {function.Name} {function.Trigger.AuthLevel}";

    private static IEnumerable<string> Described() =>
        from path in Document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        where operation.Key != "parameters"
        let level = operation.Value!["security"] is null ? AuthorizationLevel.Function : AuthorizationLevel.Anonymous
        select $"{operation.Key} {path.Key} {operation.Value!["operationId"]} {level}";

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object =>
            element.EnumerateObject().SelectMany(member => member.Name == "$ref" ? [member.Value.GetString()!] : References(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };
}
