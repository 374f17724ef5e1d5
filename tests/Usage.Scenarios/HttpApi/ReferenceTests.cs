using Azure.Data.Tables;
using Usage.Scenarios.App;
using Usage.Testing.Machine;

namespace Usage.Scenarios.HttpApi;

/// <summary>Whatever is changed and deleted side by side, afterwards no reference points to nothing.</summary>
[Collection(SharedApp.Name)]
public sealed class ReferenceTests(AppFixture app)
{
    private static readonly int[] Expected = [200, 201, 202, 204, 404, 409];

    private HttpClient Http => app.Api.Http;

    [Theory]
    [InlineData("integrations")]
    [InlineData("segments")]
    public async Task A_reference_and_the_delete_of_what_it_names_never_both_succeed(string kind)
    {
        var product = app.Unique("torn");
        for (var round = 0; round < 12; round++)
        {
            var referrer = $"{kind}/{product}-{round}";
            (await MakeAsync(product)).Is(201);
            (await SendAsync("PUT", $"products/{product}/dimensions/d0", """{"name":"D","dataType":"numeric"}""")).Is(201);
            var delete = round % 2 == 0 ? $"products/{product}" : $"products/{product}/dimensions/d0";
            var (put, gone) = (SendAsync("PUT", referrer, Referring(kind, product, "d0")), SendAsync("DELETE", delete));
            var (made, deleted) = ((await put).Status == 201, (await gone).Status == 204);
            Assert.True(made != deleted, $"{await put}\n{await gone}");
            Assert.Equal(made ? 200 : 404, (await SendAsync("GET", referrer)).Status);
            if (made) (await SendAsync("DELETE", referrer)).Is(204);
            if (!deleted || round % 2 == 1) (await SendAsync("DELETE", $"products/{product}")).Is(204);
        }
    }

    [Fact]
    public async Task A_dimension_with_values_comes_back_only_as_what_it_was()
    {
        var set = await UsageSet.MakeAsync(app);
        var path = $"products/{set.Product}/dimensions/mau";
        var report = (await SendAsync("GET", $"reports/{set.Product}/mau")).Is(200).Text;
        (await SendAsync("DELETE", $"integrations/{set.Product}")).Is(204);
        (await SendAsync("DELETE", path)).Is(204);

        var refused = (await SendAsync("PUT", path, """{"name":"MAU","dataType":"text"}""")).Is(409);
        Assert.Equal(["type-locked dataType"], refused.Errors);
        Assert.Equal(
            "found text, expected numeric: values of a deleted dimension \"mau\" are still stored, and until they are gone it can come "
            + "back only as what it was",
            refused.Json.GetProperty("errors")[0].GetProperty("message").GetString());
        Assert.Equal(
            ["type-locked products"],
            (await SendAsync("PUT", $"integrations/{set.Product}", Referring("integrations", set.Product, "mau").Replace(
                "\"dimension\":\"mau\"", "\"dimension\":\"mau\",\"create\":{\"name\":\"MAU\",\"dataType\":\"text\"}",
                StringComparison.Ordinal))).Is(409).Errors);
        (await SendAsync("PUT", path, """{"name":"Back","dataType":"numeric"}""")).Is(201);
        Assert.Equal(report, (await SendAsync("GET", $"reports/{set.Product}/mau")).Is(200).Text);
    }

    [SlowFact]
    public async Task Nothing_points_to_nothing_after_any_edits_and_imports_side_by_side()
    {
        var name = app.Unique("wild");
        var runs = new System.Collections.Concurrent.ConcurrentBag<string>();
        await Task.WhenAll(Enumerable.Range(0, 5).Select(worker => WorkAsync(new Random(worker))));
        foreach (var run in runs) await app.Api.EndOfAsync(run);

        var products = (await AllAsync("products")).ToDictionary(
            one => one.GetProperty("id").GetString()!,
            one => one.GetProperty("dimensions").EnumerateArray().Select(d => d.GetProperty("id").GetString()!).ToHashSet());
        foreach (var (referrer, product, dimension) in
            (await AllAsync("integrations")).SelectMany(one => one.GetProperty("products").EnumerateArray()
                .Select(p => (one, Text(p, "product"), Text(p.GetProperty("dimensions")[0], "dimension"))))
            .Concat((await AllAsync("segments")).SelectMany(one => one.GetProperty("all").EnumerateArray()
                .Select(c => (one, Text(c, "product"), Text(c, "dimension"))))))
            Assert.True(products.TryGetValue(product, out var dimensions) && dimensions.Contains(dimension), $"{referrer}");

        var accounts = (await AllAsync("accounts", $"&search={name}")).Select(one => one.GetProperty("id").GetString()!).ToHashSet();
        var snapshots = 0;
        await foreach (var entity in app.Tables.GetTableClient("snapshots").QueryAsync<TableEntity>())
        {
            var product = entity.PartitionKey.Split('|')[1];
            if (!product.StartsWith(name, StringComparison.Ordinal)) continue;
            snapshots++;
            Assert.True(products.ContainsKey(product), $"{entity.PartitionKey} {entity.RowKey}");
            Assert.True(accounts.Contains(entity.RowKey), $"{entity.PartitionKey} {entity.RowKey}");
            // A dimension with values may be deleted, and can come back only as what it was.
            foreach (var property in entity.Keys.Where(key => key.StartsWith("d_", StringComparison.Ordinal)))
                if (!products[product].Contains(property[2..]))
                    (await SendAsync(
                        "PUT", $"products/{product}/dimensions/{property[2..]}", """{"name":"Other","dataType":"text"}""")).Is(409);
        }

        Assert.True(snapshots > 0, "no import was recorded");

        async Task<IReadOnlyList<System.Text.Json.JsonElement>> AllAsync(string kind, string more = "") =>
            [.. (await SendAsync("GET", $"{kind}?top=1000{more}")).Is(200).Json.GetProperty("items").EnumerateArray()
                .Where(one => one.GetProperty("id").GetString()!.StartsWith(name, StringComparison.Ordinal))];

        async Task WorkAsync(Random random)
        {
            for (var step = 0; step < Scale.Edits; step++)
            {
                var (product, dimension) = ($"{name}-{random.Next(2)}", $"d{random.Next(2)}");
                var other = $"{name}-{random.Next(3)}";
                var call = random.Next(14) switch
                {
                    0 or 1 => MakeAsync(product),
                    2 => SendAsync("DELETE", $"products/{product}"),
                    3 or 4 => SendAsync("PUT", $"products/{product}/dimensions/{dimension}", """{"name":"D","dataType":"numeric"}"""),
                    5 => SendAsync("DELETE", $"products/{product}/dimensions/{dimension}"),
                    6 or 7 => SendAsync("PUT", $"integrations/{other}", Referring("integrations", product, dimension)),
                    8 => SendAsync("DELETE", $"integrations/{other}"),
                    9 => SendAsync("PUT", $"segments/{other}", Referring("segments", product, dimension)),
                    10 => SendAsync("PUT", $"accounts/{other}", """{"name":"Account"}"""),
                    11 => SendAsync("DELETE", $"accounts/{other}"),
                    _ => ApiCall.SendAsync(Http, "POST", $"integrations/{other}/files?name=f{random.Next()}.csv",
                        $"id,value\n{name}-0,{step}\n{name}-1,{step}\n{name}-2,{step}\n", "text/csv"),
                };
                var answer = await call;
                Assert.True(Expected.Contains(answer.Status), $"{answer}");
                if (answer.Status == 202) runs.Add(answer.Json.GetProperty("runId").GetString()!);
            }
        }
    }

    private static string Text(System.Text.Json.JsonElement one, string member) => one.GetProperty(member).GetString()!;

    private Task<ApiCall> MakeAsync(string product) =>
        SendAsync("PUT", $"products/{product}", """{"name":"P","snapshotPeriod":"monthly"}""");

    private static string Referring(string kind, string product, string dimension) => kind == "segments"
        ? $$"""{"name":"R","all":[{"product":"{{product}}","dimension":"{{dimension}}","op":"exists"}]}"""
        : $$"""
            {"name":"R","match":[{"by":"accountId","column":"id"}],
            "products":[{"product":"{{product}}","dimensions":[{"column":"value","dimension":"{{dimension}}"}]}]}
            """;

    private Task<ApiCall> SendAsync(string method, string path, string? body = null) => ApiCall.SendAsync(Http, method, path, body);
}
