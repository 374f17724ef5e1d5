using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Usage.Functions.Accounts;
using Usage.Functions.Http;

namespace Usage.Functions.OpenApi;

/// <summary>The OpenAPI 3.1 description of exactly what is served.</summary>
internal static partial class OpenApiDocument
{
    private const string ProblemSchema = "Problem";

    public static JsonObject Build()
    {
        var schemas = new JsonObject { [ProblemSchema] = ProblemShape() };
        var paths = new JsonObject();
        foreach (var same in ApiEndpoint.OfApi.GroupBy(endpoint => endpoint.Path))
        {
            var path =
                new JsonObject { ["parameters"] = new JsonArray([.. Names(same.Key).Select(name => (JsonNode)Parameters.InPath(name))]) };
            foreach (var endpoint in same) path[endpoint.Method] = Describe(endpoint, schemas);
            paths[same.Key] = path;
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "Usage",
                ["version"] = "1.0.0",
                ["description"] = "CSV files of product usage become typed snapshots. Query parameters and JSON members that an operation "
                    + "doesn't know are refused by name. "
                    + $"Bodies past their limits are answered with 413: JSON {JsonBody.MaxBytes:N0} bytes, "
                    + $"a CSV of accounts {AccountImportFunction.MaxBytes:N0}, and files as the app's settings say (1 GiB unless they do).",
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/api" }),
            ["security"] = new JsonArray(new JsonObject { ["key"] = new JsonArray() }, new JsonObject { ["code"] = new JsonArray() }),
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = schemas, ["securitySchemes"] = Keys() },
        };
    }

    private static JsonObject Describe(ApiEndpoint endpoint, JsonObject schemas)
    {
        var operation = endpoint.Operation;
        var parameters = operation.Query.Select(name => Parameters.InQuery(operation, name));
        if (endpoint.HasPreconditions)
            parameters = parameters.Append(Parameters.InHeader("If-Match"));
        if (endpoint.HasPreconditions || endpoint.IsConditional) parameters = parameters.Append(Parameters.InHeader("If-None-Match"));
        var described = new JsonObject
        {
            ["operationId"] = operation.Id,
            ["summary"] = operation.Summary,
            ["x-role"] = endpoint.Role,
            ["parameters"] = new JsonArray([.. parameters]),
            ["responses"] = Replies(endpoint, schemas),
        };
        if (endpoint.IsAnonymous) described["security"] = new JsonArray();
        if (operation.Bodies.Count > 0)
            described["requestBody"] =
                new JsonObject { ["required"] = true, ["content"] = Contents(operation.Bodies, schemas, answered: false) };
        return described;
    }

    private static JsonObject Replies(ApiEndpoint endpoint, JsonObject schemas)
    {
        var responses = new JsonObject();
        foreach (var same in endpoint.Replies.GroupBy(reply => reply.Status).OrderBy(same => same.Key))
        {
            var response = new JsonObject { ["description"] = same.First().Text };
            string?[] headers =
                [endpoint.Operation.Tagged && same.Key is 200 or 201 or 304 ? "ETag" : null, same.Key is 201 or 202 ? "Location" : null];
            if (headers.OfType<string>().Any()) response["headers"] = Headers(headers.OfType<string>());
            var contents = same.Select(reply => reply.Content).OfType<Content>().ToList();
            if (contents.Count > 0) response["content"] = Contents(contents, schemas, answered: true);
            else if (same.Key >= 400) response["content"] = ProblemContent();
            responses[$"{same.Key}"] = response;
        }

        responses["default"] = new JsonObject
        {
            ["description"] = "Not the caller's mistake, or the host's answer.",
            ["content"] = ProblemContent()
        };
        return responses;
    }

    private static JsonObject Headers(IEnumerable<string> names) =>
        new(
            names.Select(name => KeyValuePair.Create(
                name, (JsonNode?)new JsonObject { ["required"] = true, ["schema"] = new JsonObject { ["type"] = "string" } })));

    private static JsonObject Contents(IEnumerable<Content> contents, JsonObject schemas, bool answered)
    {
        var described = new JsonObject();
        foreach (var content in contents)
        {
            described[content.MediaType] =
                new JsonObject { ["schema"] = content.Shape is { } shape ? Schemas.Reference(shape.Name) : Schemas.OfParts(content.Parts) };
            if (content.Shape is { } missing) Add(missing, schemas, answered);
        }

        return described;
    }

    /// <summary>Once; the items of a page are a schema of their own, named as the page without <c>Page</c>.</summary>
    private static void Add(Shape shape, JsonObject schemas, bool answered)
    {
        if (schemas.ContainsKey(shape.Name)) return;
        schemas[shape.Name] = Schemas.Of(shape, answered);
        if (!shape.Type.IsGenericType || shape.Type.GetGenericTypeDefinition() != typeof(Page<>)) return;
        var item = new Shape(shape.Name[..^"Page".Length], shape.Type.GetGenericArguments()[0]);
        Add(item, schemas, answered);
        schemas[shape.Name]!["properties"]!["items"]!["items"] = Schemas.Reference(item.Name);
    }

    private static JsonObject ProblemContent() =>
        new() { ["application/problem+json"] = new JsonObject { ["schema"] = Schemas.Reference(ProblemSchema) } };

    private static JsonNode ProblemShape() => Schemas.Of(typeof(Http.Errors.ProblemAnswer.Body), answered: true);

    private static JsonObject Keys() => new()
    {
        ["key"] = new JsonObject { ["type"] = "apiKey", ["in"] = "header", ["name"] = "x-functions-key" },
        ["code"] = new JsonObject { ["type"] = "apiKey", ["in"] = "query", ["name"] = "code" },
    };

    private static List<string> Names(string route) => [.. RouteParameter().Matches(route).Select(match => match.Groups[1].Value)];

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex RouteParameter();
}
