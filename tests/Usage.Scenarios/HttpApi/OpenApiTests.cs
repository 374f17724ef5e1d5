using System.Text.Json;
using Usage.Scenarios.App;

namespace Usage.Scenarios.HttpApi;

/// <summary>Calls every operation of the document, well and badly, and holds each answer to what the document says of it.</summary>
[Collection(SharedApp.Name)]
public sealed class OpenApiTests(AppFixture app)
{
    private const string NewRun = "20260101T000000-0123456789ab";

    [Fact]
    public async Task Every_operation_answers_as_it_is_described()
    {
        var set = await UsageSet.MakeAsync(app);
        var document = (await ApiCall.SendAsync(app.Api.Http, "GET", "openapi.json")).Is(200).Json;
        var left = Operations(document).ToHashSet();
        var wrong = new List<string>();
        foreach (var (method, template, path, body, type) in Calls(set))
        {
            var call = await ApiCall.SendAsync(app.Api.Http, method.ToUpperInvariant(), path, body, type);
            wrong.AddRange(Compare(document, call, method, template));
            if (call.Status < 400) left.Remove($"{method} {template}");
        }

        foreach (var (method, template, _, body, type) in Calls(set))
        {
            // An unknown parameter is wrong in every operation.
            var call = await ApiCall.SendAsync(app.Api.Http, method.ToUpperInvariant(), $"{Fill(template, set)}?nonsense=1", body, type);
            if (call.Status != 400) wrong.Add($"{method} {template}?nonsense=1: found {call.Status}, expected 400");
            wrong.AddRange(Compare(document, call, method, template));
        }

        Assert.Empty(wrong);
        // What can't succeed here: the product and the account have snapshots, the dimension is in a segment, the run has ended, there is no source; a test run's end is waited for elsewhere.
        Assert.Equal(
            [
                "delete /accounts/{account}", "delete /products/{product}", "delete /products/{product}/dimensions/{dimension}", "get /test-runs/{run}",
                "post /integrations/{integration}/pull", "post /runs/{run}/cancel",
            ],
            left.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Operations(JsonElement document) =>
        from path in document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        where operation.Name != "parameters"
        select $"{operation.Name} {path.Name}";

    private static IEnumerable<string> Compare(JsonElement document, ApiCall call, string method, string template)
    {
        var responses = document.GetProperty("paths").GetProperty(template).GetProperty(method).GetProperty("responses");
        var name = $"{method} {call.Path}: {call.Status}";
        if (!responses.TryGetProperty($"{call.Status}", out var response)) return [$"{name} is not described: {call.Text}"];
        if (!response.TryGetProperty("content", out var contents)) return call.Text.Length == 0 ? [] : [$"{name}: expected no body, found {call.Text}"];
        if (!contents.TryGetProperty(call.MediaType ?? "", out var content)) return [$"{name}: media type {call.MediaType} is not described"];
        return content.TryGetProperty("schema", out var schema) ? new JsonSchemaCheck(document).Errors(call.Json, schema).Select(error => $"{name} {error}") : [];
    }

    private static string Fill(string template, UsageSet set) => template.TrimStart('/')
        .Replace("{product}", set.Product, StringComparison.Ordinal).Replace("{integration}", set.Product, StringComparison.Ordinal)
        .Replace("{account}", set.Account(0), StringComparison.Ordinal).Replace("{dimension}", "mau", StringComparison.Ordinal)
        .Replace("{segment}", set.Product, StringComparison.Ordinal).Replace("{run}", set.Run, StringComparison.Ordinal);

    private static IEnumerable<(string Method, string Template, string Path, string? Body, string Type)> Calls(UsageSet set)
    {
        var integration = $$"""{"name":"Usage","match":[{"by":"crmId","column":"id"}],"products":[{"product":"{{set.Product}}","dimensions":[{"column":"mau","dimension":"mau"}]}]}""";
        var segment = $$"""{"name":"S","all":[{"product":"{{set.Product}}","dimension":"mau","op":"gt","value":1}]}""";
        var csv = $"id,mau\n{set.Product}-0,1\n";
        foreach (var template in new[]
        {
            "/health", "/openapi.json", "/products", "/products/{product}", "/products/{product}/snapshot-date", "/products/{product}/snapshots", "/reports/{product}/{dimension}",
            "/integrations", "/integrations/{integration}", "/integrations/{integration}/versions", "/integrations/{integration}/pull", "/accounts", "/accounts/{account}",
            "/accounts/{account}/usage", "/runs", "/runs/{run}", "/runs/{run}/rejected.csv", "/test-runs", "/unmatched",
        })
            yield return ("get", template, Fill(template, set), null, "");
        foreach (var template in new[] { "/products/{product}", "/integrations/{integration}", "/accounts/{account}", "/segments/{segment}", "/runs/{run}", "/test-runs/{run}" })
            yield return ("get", template, Fill(template.Replace("{run}", NewRun, StringComparison.Ordinal), set with { Product = "nobody" }), null, "");

        yield return Send("put", "/products/{product}", """{"name":"Product","snapshotPeriod":"monthly"}""");
        yield return Send("put", "/products/{product}", """{"name":null}""");
        yield return Send("put", "/products/{product}/dimensions/{dimension}", """{"name":"MAU","dataType":"numeric"}""");
        yield return Send("put", "/products/{product}/dimensions/{dimension}", """{"name":"MAU","dataType":"text"}""");
        yield return Send("put", "/integrations/{integration}", integration);
        yield return Send("put", "/integrations/{integration}", integration.Replace("\"mau\"}", "\"none\"}", StringComparison.Ordinal));
        yield return Send("put", "/accounts/{account}", $$"""{"name":"Account 0","crmId":"{{set.Product}}-0"}""");
        yield return Send("put", "/accounts/{account}", $$"""{"name":"Account 0","crmId":"{{set.Product}}-1"}""");
        yield return Send("post", "/accounts/import", "account_id,name\nx/,X\n", "text/csv");
        yield return Send("post", "/integrations/suggest", csv, "text/csv");
        yield return ("post", "/integrations/{integration}/files", $"integrations/{set.Product}/files?name=more.csv", csv, "text/csv");
        yield return ("post", "/integrations/{integration}/files", $"integrations/{set.Product}/files", csv, "text/csv");
        yield return ("post", "/test-runs", $"test-runs?integration={set.Product}", csv, "text/csv");
        yield return Send("post", "/test-runs", "{}");
        yield return Send("post", "/runs/{run}/cancel", null);
        yield return Send("post", "/integrations/{integration}/pull", null);
        yield return Send("put", "/segments/{segment}", segment);
        yield return Send("put", "/segments/{segment}", segment.Replace("gt", "contains", StringComparison.Ordinal));
        yield return Send("get", "/segments", null);
        yield return Send("get", "/segments/{segment}", null);
        yield return Send("get", "/segments/{segment}/accounts", null);
        yield return Send("post", "/segments/preview", segment);
        yield return Send("delete", "/products/{product}", null);
        yield return Send("delete", "/products/{product}/dimensions/{dimension}", null);
        yield return Send("delete", "/accounts/{account}", null);
        yield return Send("delete", "/segments/{segment}", null);
        yield return Send("delete", "/integrations/{integration}", null);

        (string, string, string, string?, string) Send(string method, string template, string? body, string type = "application/json") =>
            (method, template, Fill(template, set), body, type);
    }
}
