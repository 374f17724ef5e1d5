using System.Text.RegularExpressions;

namespace Usage.Scenarios.HttpApi.Fuzz;

/// <summary>A request that is good but for one thing.</summary>
/// <param name="Kind">What is wrong with it.</param>
internal sealed partial record MalformedRequest(string Kind, string Operation, string Method, string Path)
{
    private const string Mapping = """
        "name":"good","match":[{"by":"crmId","column":"id"}],
        "products":[{"product":"fuzz","dimensions":[{"column":"mau","dimension":"mau"}]}]
        """;

    // Every one of them has the name that is spoiled.
    private static readonly Dictionary<string, string> Bodies = new()
    {
        ["put /products/{product}"] = """{"name":"good","snapshotPeriod":"monthly"}""",
        ["put /products/{product}/dimensions/{dimension}"] = """{"name":"good","dataType":"numeric","aggregate":"last"}""",
        ["put /integrations/{integration}"] = $$"""{{{Mapping}},"onError":{"maxErrors":1} }""",
        ["put /accounts/{account}"] = """{"name":"good","crmId":"FUZZ","domains":["fuzz.example"],"aliases":["Fuzz"]}""",
        ["put /segments/{segment}"] = """{"name":"good","all":[{"product":"fuzz","dimension":"mau","op":"gt","value":1.5}]}""",
        ["post /keys"] = """{"name":"good","role":"dropper","integrations":["fuzz"]}""",
        ["post /segments/preview"] = """{"name":"good","all":[{"product":"fuzz","dimension":"mau","op":"gt","value":1.5}]}""",
        ["post /test-runs"] = $$"""{"integration":{{{Mapping}}},"blob":"nowhere/x.csv"}""",
    };

    private static readonly string[] Csvs = ["post /accounts/import", "post /integrations/suggest"];

    public byte[]? Body { get; init; }

    public string Type { get; init; } = "application/json";

    public (string Name, string Value)? Header { get; init; }

    public static bool HasBody(string operation) => Bodies.ContainsKey(operation);

    /// <param name="operation">As in <c>put /products/{product}</c>.</param>
    public static MalformedRequest Of(string operation, Random random)
    {
        var (method, template) = (operation.Split(' ')[0].ToUpperInvariant(), operation.Split(' ')[1].TrimStart('/'));
        string[] kinds = ["query", "path", .. template.Contains('{') ? ["id", "id"] : Array.Empty<string>(), .. Specific(operation)];
        var kind = kinds[random.Next(kinds.Length)];
        var request = new MalformedRequest(kind, operation, method, Parameter().Replace(template, "fuzz"))
        {
            Body = Bodies.TryGetValue(operation, out var good) ? System.Text.Encoding.UTF8.GetBytes(good) : method == "POST" ? [] : null,
        };
        return kind switch
        {
            "id" => request with { Path = Odd(template, random) },
            "query" => request with { Path = $"{request.Path}?{OddText.Query(random)}" },
            "path" =>
                request with
                {
                    Path = $"{request.Path}/" + (random.Next(2) == 0 ? "nothing/here" : new string('p', 1 + random.Next(12_000))),
                },
            "json" => request with { Body = OddJson.Spoil(good!, random) },
            "csv" => request with { Body = OddText.Csv(random), Type = "text/csv" },
            "form" =>
                request with
                {
                    Body = OddText.Form(random),
                    Type = random.Next(3) == 0
                    ? "multipart/form-data" : "multipart/form-data; boundary=part"
                },
            "name" =>
                request with
                {
                    Path = $"{request.Path}?name={OddText.FileName(random)}",
                    Body = "id,mau\n1,2\n"u8.ToArray(),
                    Type = "text/csv"
                },
            _ =>
                request with
                {
                    Header = (
                    "If-Match", random.Next(3) switch { 0 => "\"0\"", 1 => "W/\"0\", \"1\",,", _ => new string('e', 500) })
                },
        };
    }

    public async Task<(int Status, string? Media, string Text)> SendAsync(HttpClient http, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(new HttpMethod(Method), new Uri(http.BaseAddress + Path));
        if (Header is { } header) request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        if (Body is not null)
        {
            request.Content = new ByteArrayContent(Body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", Type);
        }

        using var answer = await http.SendAsync(request, cancellationToken);
        return ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType,
            await answer.Content.ReadAsStringAsync(cancellationToken));
    }

    public override string ToString()
    {
        var start = Body is null ? "" : System.Text.Encoding.UTF8.GetString(Body.AsSpan(0, Math.Min(Body.Length, 300)));
        return $"{Kind}: {Method} {Path[..Math.Min(Path.Length, 200)]} {start}";
    }

    private static IEnumerable<string> Specific(string operation) =>
    [
        .. Bodies.ContainsKey(operation) ? ["json", "json", "json", "json"] : Array.Empty<string>(),
        .. Csvs.Contains(operation) ? ["csv", "csv"] : Array.Empty<string>(),
        .. operation == "post /test-runs" ? ["form"] : Array.Empty<string>(),
        .. operation == "post /integrations/{integration}/files" ? ["name", "name"] : Array.Empty<string>(),
        .. operation.StartsWith("put ", StringComparison.Ordinal)
            || operation.StartsWith("delete ", StringComparison.Ordinal) ? ["header"] : Array.Empty<string>(),
    ];

    /// <summary>One of the ids at least is odd.</summary>
    private static string Odd(string template, Random random)
    {
        var places = Parameter().Count(template);
        var odd = random.Next(places);
        var place = 0;
        return Parameter().Replace(template, _ => place++ == odd || random.Next(3) == 0 ? OddText.Id(random) : "fuzz");
    }

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Parameter();
}
