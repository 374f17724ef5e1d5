using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Usage.Functions.OpenApi;
using Usage.Local.Machine;

namespace Usage.Functions.Tests.OpenApi;

public sealed class OpenApiRouteTests
{
    private static readonly string Text =
        Assert.IsType<ContentResult>(new OpenApiFunction().Get(new DefaultHttpContext().Request)).Content!;

    private static readonly JsonNode Document = JsonNode.Parse(Text)!;

    [Fact]
    public void Every_route_is_described_and_every_description_is_a_route() =>
        Assert.Equal(Served().Where(IsOfApi).Select(Line).Order(), Described().Order());

    /// <summary>The page's types are made of it.</summary>
    [Fact]
    public void Page_is_built_against_what_is_served()
    {
        var file = Path.Combine(RepositoryRoot.Find(), "functions", "Usage.Page", "api", "openapi.json");
        if (Environment.GetEnvironmentVariable("USAGE_PAGE_API") == "write") File.WriteAllText(file, $"{Text}\n");
        Assert.True(File.ReadAllText(file).TrimEnd() == Text, $"{file} is not what is served: run this test with USAGE_PAGE_API=write");
    }

    [Fact]
    public void Beside_the_api_there_is_only_the_page() =>
        Assert.Equal(
            ["GetPage ui/{*path} get head", "OpenPage {ignored:maxlength(0)?} get head"],
            Served().Where(function => !IsOfApi(function)).OrderBy(function => function.Name)
                .Select(function => $"{function.Name} {function.Trigger.Route} {string.Join(' ', function.Trigger.Methods!)}"));

    [Fact]
    public void Only_health_and_the_description_itself_are_open_to_anybody() =>
        Assert.Equal(["/health", "/openapi.json"],
            from path in Document["paths"]!.AsObject()
            from operation in path.Value!.AsObject()
            where operation.Key != "parameters" && (string?)operation.Value!["x-role"] == "anonymous"
            orderby path.Key
            select path.Key);

    /// <summary>The app decides itself who may: the host has no keys of its own that would open anything.</summary>
    [Fact]
    public void Host_lets_everything_through_to_the_gate() =>
        Assert.All(Served(), function => Assert.Equal(AuthorizationLevel.Anonymous, function.Trigger.AuthLevel));

    [Fact]
    public void References_point_at_schemas()
    {
        var schemas = Document["components"]!["schemas"]!.AsObject().Select(schema => $"#/components/schemas/{schema.Key}").ToHashSet();
        var references = JsonDocument.Parse(Document.ToJsonString()).RootElement;
        Assert.All(References(references), reference => Assert.Contains(reference, schemas));
    }

    [Fact]
    public void Every_answer_has_words_of_its_own()
    {
        var words = Operations().SelectMany(operation => operation["responses"]!.AsObject())
            .Select(reply => (Status: reply.Key, Text: (string?)reply.Value!["description"]));
        Assert.All(words, reply => Assert.True(reply.Text?.Length > 4, reply.Status));
        var refusals = words.Where(reply => reply.Status.StartsWith('4')).Distinct().ToList();
        Assert.Equal(refusals.Select(reply => reply.Status).Distinct(), refusals.Select(reply => reply.Status));
        Assert.Equal(refusals.Count, refusals.Select(reply => reply.Text).Distinct().Count());
    }

    [Fact]
    public void Times_are_date_times_enums_have_a_type_and_items_of_pages_are_schemas()
    {
        var schemas = Document["components"]!["schemas"]!;
        var run = schemas["Run"]!["properties"]!;
        Assert.Equal("date-time", (string?)run["arrivedAt"]!["format"]);
        Assert.Equal("date-time", (string?)run["completedAt"]!["format"]);
        Assert.Equal("string", (string?)run["kind"]!["type"]);
        Assert.All(schemas.AsObject().Where(schema => schema.Key.EndsWith("Page", StringComparison.Ordinal)),
            page => Assert.Equal(
                $"#/components/schemas/{page.Key[..^4]}", (string?)page.Value!["properties"]!["items"]!["items"]!["$ref"]));
        Assert.All(Objects(JsonDocument.Parse(schemas.ToJsonString()).RootElement).Where(schema => schema.TryGetProperty("enum", out _)),
            schema => Assert.True(schema.TryGetProperty("type", out _), $"{schema}"));
    }

    private static IEnumerable<JsonNode> Operations() =>
        from path in Document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        where operation.Key != "parameters"
        select operation.Value!;

    private static IEnumerable<JsonElement> Objects(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Objects(member.Value)).Prepend(element),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Objects),
        _ => [],
    };

    private static IEnumerable<(string Name, HttpTriggerAttribute Trigger)> Served() =>
        from type in typeof(OpenApiFunction).Assembly.GetTypes()
        from method in type.GetMethods()
        let function = method.GetCustomAttribute<FunctionAttribute>()
        where function is not null
        let trigger = method.GetParameters().Select(p => p.GetCustomAttribute<HttpTriggerAttribute>()).FirstOrDefault(t => t is not null)
        where trigger is not null
        select (function.Name, trigger);

    private static string Line((string Name, HttpTriggerAttribute Trigger) function) =>
        $"{function.Trigger.Methods!.Single()} {function.Trigger.Route!["api".Length..]} {function.Name}";

    private static bool IsOfApi((string Name, HttpTriggerAttribute Trigger) function) =>
        function.Trigger.Route!.StartsWith("api/", StringComparison.Ordinal);

    private static IEnumerable<string> Described() =>
        from path in Document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        where operation.Key != "parameters"
        select $"{operation.Key} {path.Key} {operation.Value!["operationId"]}";

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object =>
            element.EnumerateObject().SelectMany(member => member.Name == "$ref" ? [member.Value.GetString()!] : References(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };
}
