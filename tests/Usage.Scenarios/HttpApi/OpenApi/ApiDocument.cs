using System.Text.Json;

namespace Usage.Scenarios.HttpApi.OpenApi;

/// <summary>One call of an operation: its template as the document has it, and the address it is called at.</summary>
internal sealed record Call(string Method, string Template, string Path, string? Body = null, string Type = "application/json")
{
    public string Operation => $"{Method.ToLowerInvariant()} {Template}";

    public Task<ApiCall> SendAsync(HttpClient http) => ApiCall.SendAsync(http, Method, Path, Body, Type);
}

/// <summary>The document as it is served, and what it says of requests and answers.</summary>
internal sealed class ApiDocument(JsonElement document)
{
    private readonly JsonSchemaCheck _schemas = new(document);

    public static async Task<ApiDocument> ReadAsync(HttpClient http) =>
        new((await ApiCall.SendAsync(http, "GET", "openapi.json")).Is(200).Json);

    public IEnumerable<string> Operations =>
        from path in document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        where operation.Name != "parameters"
        select $"{operation.Name} {path.Name}";

    /// <summary>Name, place (path or query), schema and whether it is needed.</summary>
    public IEnumerable<(string Name, string Place, JsonElement Schema, bool Needed)> Parameters(Call call) =>
        PathItem(call).GetProperty("parameters").EnumerateArray().Concat(Operation(call).GetProperty("parameters").EnumerateArray())
            .Select(
                p =>
                    (p.GetProperty("name").GetString()!, p.GetProperty("in").GetString()!, p.GetProperty("schema"),
                        p.GetProperty("required").GetBoolean()));

    public JsonElement? BodySchema(Call call) =>
        Operation(call).TryGetProperty("requestBody", out var body)
            && body.GetProperty("content").TryGetProperty(Media(call.Type), out var content)
            ? content.GetProperty("schema")
            : null;

    public IReadOnlyList<string> Errors(JsonElement value, JsonElement schema) => _schemas.Errors(value, schema);

    /// <summary>Texts of parameters are checked as what they stand for.</summary>
    public IReadOnlyList<string> Errors(string text, JsonElement schema) => _schemas.Errors(Value(text, schema), schema);

    /// <summary>What a request breaks of its description.</summary>
    public IEnumerable<string> RequestErrors(Call call)
    {
        var parts = call.Path.Split('?');
        var values = Segments(call.Template).Zip(parts[0].Split('/'))
            .Where(pair => pair.First.StartsWith('{'))
            .Select(pair => (Place: "path", Name: pair.First.Trim('{', '}'), Text: Uri.UnescapeDataString(pair.Second)))
            .Concat((parts.Length > 1 ? parts[1].Split('&') : []).Select(pair => pair.Split('='))
                .Select(pair => (Place: "query", Name: pair[0], Text: Uri.UnescapeDataString(pair[1]))))
            .ToList();
        var known = Parameters(call).Where(p => p.Place != "header").ToList();
        foreach (var value in values)
        {
            var described = known.Where(p => p.Place == value.Place && p.Name == value.Name).ToList();
            if (described.Count == 0) yield return $"{value.Place} parameter {value.Name} is not described";
            else foreach (var error in Errors(value.Text, described[0].Schema))
                yield return $"{value.Place} parameter {value.Name} {error}";
        }

        foreach (var missing in known.Where(p => p.Needed && !values.Any(value => value.Name == p.Name)))
            yield return $"parameter {missing.Name} is missing";
        if (call.Body is null) yield break;
        if (BodySchema(call) is not { } schema) yield return $"a body of {call.Type} is not described";
        else if (Media(call.Type) == "application/json")
            foreach (var error in Errors(JsonSerializer.Deserialize<JsonElement>(call.Body), schema)) yield return $"body {error}";
    }

    /// <summary>What an answer breaks of its description.</summary>
    public IEnumerable<string> AnswerErrors(Call call, ApiCall answer)
    {
        if (!Operation(call).GetProperty("responses").TryGetProperty($"{answer.Status}", out var response))
            return [$"{answer.Status} is not described: {answer.Text}"];
        var headers = response.TryGetProperty("headers", out var named)
            ? named.EnumerateObject().Where(header => !answer.Headers.Contains(header.Name))
                .Select(header => $"header {header.Name} is missing")
            : [];
        if (!response.TryGetProperty("content", out var contents))
            return headers.Concat(answer.Text.Length == 0 ? [] : [$"expected no body, found {answer.Text}"]);
        if (!contents.TryGetProperty(answer.MediaType ?? "", out var content)) return [$"media type {answer.MediaType} is not described"];
        return headers.Concat(answer.MediaType == "text/csv" ? [] : Errors(answer.Json, content.GetProperty("schema")));
    }

    private static string[] Segments(string template) => template.TrimStart('/').Split('/');

    private static string Media(string type) => type.Split(';')[0];

    private static JsonElement Value(string text, JsonElement schema)
    {
        var type = schema.TryGetProperty("type", out var one) && one.ValueKind == JsonValueKind.String ? one.GetString() : "string";
        if (type is "integer" && long.TryParse(text, out var number)) return JsonSerializer.SerializeToElement(number);
        if (type is "boolean" && text is "true" or "false") return JsonSerializer.SerializeToElement(text == "true");
        return JsonSerializer.SerializeToElement(text);
    }

    private JsonElement PathItem(Call call) => document.GetProperty("paths").GetProperty(call.Template);

    private JsonElement Operation(Call call) => PathItem(call).GetProperty(call.Method.ToLowerInvariant());
}
