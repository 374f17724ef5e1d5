using Usage.Scenarios.App;

namespace Usage.Scenarios.HttpApi.OpenApi;

/// <summary>Calls of all operations, on a product with usage and on things that are made and deleted by the way.</summary>
/// <param name="set">The product with usage.</param>
/// <param name="upload">That is whole.</param>
/// <param name="blocks">An upload of four bytes that waits for its blocks.</param>
internal sealed class ApiCalls(UsageSet set, string upload, string blocks)
{
    private readonly ApiBodies _bodies = new(set);

    public static async Task<ApiCalls> MakeAsync(AppFixture app)
    {
        var set = await UsageSet.MakeAsync(app);
        return new ApiCalls(set, await BeginAsync("uploads?name=whole.csv", ApiBodies.Rows(set, 2), "text/csv"),
            await BeginAsync("uploads", """{"name":"blocks.csv","bytes":4}""", "application/json"));

        async Task<string> BeginAsync(string path, string body, string type) =>
            (await ApiCall.SendAsync(app.Api.Http, "POST", path, body, type)).Is(201).Json.GetProperty("id").GetString()!;
    }

    /// <summary>In this order each of them succeeds. Test runs and cancelling need an id that is only known later.</summary>
    public IEnumerable<Call> Good()
    {
        foreach (var template in new[]
        {
            "/health", "/openapi.json", "/me", "/keys", "/audit", "/products", "/products/{product}", "/products/{product}/snapshots",
            "/reports/{product}/{dimension}", "/integrations", "/integrations/{integration}",
            "/integrations/{integration}/versions", "/accounts", "/accounts/{account}", "/accounts/{account}/usage", "/runs", "/runs/{run}",
            "/runs/{run}/rejected.csv", "/runs/{run}/changes", "/runs/{run}/rows", "/runs/{run}/rows/{row}",
            "/runs/{run}/issues/{code}/values", "/runs/{run}/file", "/test-runs", "/unmatched", "/segments",
            "/uploads", "/uploads/{upload}", "/uploads/{upload}/lines",
        })
            yield return new("GET", template, Fill(template));
        yield return new("GET", "/products/{product}/snapshot-date",
            $"products/{set.Product}/snapshot-date?arrivedAt=2026-11-22T10:15:30Z&value=2024-10-15");
        yield return new("GET", "/products/{product}/snapshots", $"products/{set.Product}/snapshots?date=2024-01-01&top=2");
        yield return new("GET", "/reports/{product}/{dimension}", $"reports/{set.Product}/plan?from=2024-01-01&to=2024-12-31");
        yield return new("GET", "/reports/{product}/{dimension}", $"reports/{set.Product}/active");
        yield return new("GET", "/accounts/{account}/usage",
            $"accounts/{set.Account(0)}/usage?product={set.Product}&from=2024-01-01&to=2024-12-31");
        yield return new("GET", "/audit", "audit?actor=local&action=PutProduct&resource=products&from=2026-01-01&to=2126-01-01&top=2");
        yield return new("POST", "/keys", "keys", _bodies.Key);
        yield return new("POST", "/keys", "keys", """{"name":"Reader","role":"reader","expiresAt":"2126-01-01T00:00:00Z"}""");
        yield return new("GET", "/runs/{run}/changes",
            $"runs/{set.Run}/changes?product={set.Product}&date=2024-01-01&account={set.Account(0)}&unchanged=true&top=1");
        yield return new("GET", "/runs/{run}/rows", $"runs/{set.Run}/rows?outcome=unmatched&code=unmatched&column=id&top=1");
        yield return new("GET", "/runs/{run}/rows",
            $"runs/{set.Run}/rows?account={set.Account(0)}&product={set.Product}&date=2024-01-01&dimension=mau");
        yield return new("GET", "/runs/{run}/issues/{code}/values", $"runs/{set.Run}/issues/unmatched/values?column=id");
        yield return new("GET", "/explain",
            $"explain?account={set.Account(0)}&product={set.Product}&date=2024-01-01&dimension=mau");
        yield return new("GET", "/accounts", "accounts?search=account&top=1");
        yield return new("GET", "/runs",
            $"runs?integration={set.Product}&status=partiallySucceeded,failed&from=2024-01-01&to=2100-01-01&by=drop&search=a&count=true"
            + "&top=5");
        yield return new("GET", "/unmatched", $"unmatched?integration={set.Product}&top=5&search=9&count=true");
        yield return new("POST", "/unmatched/resolve",
            "unmatched/resolve?preview=true", _bodies.Resolve(""" "account":"ACCOUNT" """, "spare"));
        yield return new("POST", "/unmatched/resolve", "unmatched/resolve", _bodies.Resolve(""" "account":"ACCOUNT" """, "spare"));
        yield return new("POST", "/unmatched/resolve", "unmatched/resolve",
            _bodies.Resolve(""" "create":{"id":"SPARE-new","name":"New","crmId":"SPARE-new","domains":[],"aliases":[]} """, "other"));
        yield return new("POST", "/unmatched/resolve", "unmatched/resolve",
            _bodies.Resolve(""" "ignore":{"reason":"A test.","until":"2126-01-01"} """, "third"));
        yield return new("GET", "/unmatched/resolutions", $"unmatched/resolutions?integration={set.Product}&by=crmId&key=spare&top=5");
        yield return new("GET", "/accounts/{account}/resolutions", $"accounts/{set.Account(0)}/resolutions?top=5");
        yield return new("DELETE", "/accounts/{account}/resolutions",
            $"accounts/{set.Account(0)}/resolutions?integration={set.Product}&by=crmId&key=spare");
        yield return new("DELETE", "/unmatched/resolutions", $"unmatched/resolutions?integration={set.Product}&by=crmId&key=other");

        foreach (var _ in new[] { "made", "made already" })
        {
            yield return new("PUT", "/products/{product}", $"products/{_bodies.Spare}", ApiBodies.Product);
            yield return new("PUT", "/products/{product}/dimensions/{dimension}",
                $"products/{_bodies.Spare}/dimensions/mau", ApiBodies.Dimension);
            yield return new("PUT", "/integrations/{integration}", $"integrations/{_bodies.Spare}", _bodies.Integration);
            yield return new("PUT", "/accounts/{account}", $"accounts/{_bodies.Spare}", _bodies.Account);
            yield return new("PATCH", "/accounts/{account}",
                $"accounts/{_bodies.Spare}", """{"name":"Patched","crmId":null,"domains":[],"aliases":["A"]}""");
            yield return new("PATCH", "/accounts/{account}",
                $"accounts/{_bodies.Spare}", """{"aliases":null}""", "application/merge-patch+json");
            yield return new("PUT", "/segments/{segment}", $"segments/{_bodies.Spare}", _bodies.Segment);
        }

        yield return new("POST", "/accounts/import", "accounts/import", $"account_id,name\n{_bodies.Spare},Imported\nx/,X\n", "text/csv");
        yield return new("POST", "/integrations/suggest", "integrations/suggest", $"id,mau\n{set.Product}-0,1\n", "text/csv");
        yield return new("POST", "/integrations/{integration}/pull", $"integrations/{_bodies.Spare}/pull");
        yield return new("GET", "/integrations/{integration}/pull", $"integrations/{_bodies.Spare}/pull");
        yield return new("GET", "/segments/{segment}", $"segments/{_bodies.Spare}");
        yield return new("GET", "/segments/{segment}/accounts", $"segments/{_bodies.Spare}/accounts?date=2024-01-01&top=1");
        yield return new("POST", "/segments/preview", "segments/preview?date=2024-01-01", _bodies.Segment);
        yield return new("PUT", "/integrations/{integration}", $"integrations/{_bodies.Spare}-checked?validate=true", _bodies.Integration);
        yield return new("POST", "/uploads", "uploads?name=body.csv", _bodies.Rows(2), "text/csv");
        yield return new("POST", "/uploads", "uploads", """{"name":"blocks.csv","bytes":5,"blob":null}""");
        yield return new("POST", "/uploads", "uploads", $$"""{"name":"copy.csv","blob":"{{set.Product}}/usage.csv"}""");
        yield return new("GET", "/uploads/{upload}/lines", $"uploads/{upload}/lines?from=1&count=5");
        yield return new("PUT", "/uploads/{upload}/draft", $"uploads/{upload}/draft", """{"step":1}""");
        yield return new("PUT", "/uploads/{upload}/blocks/{block}", $"uploads/{blocks}/blocks/1", "a,b\n", "application/octet-stream");
        yield return new("POST", "/uploads/{upload}/commit", $"uploads/{blocks}/commit");
        yield return new("POST", "/integrations/suggest", "integrations/suggest", $$"""{"upload":"{{upload}}"}""");
        // Before any import: while one writes, no account is deleted.
        yield return new("DELETE", "/accounts/{account}", $"accounts/{_bodies.Spare}");
        yield return new("POST", "/integrations/{integration}/files", $"integrations/{set.Product}/files?name=more.csv&force=true",
            _bodies.Rows(3), "text/csv");
        yield return new("POST", "/integrations/{integration}/files", $"integrations/{set.Product}/files?name=sent.csv",
            $$"""{"upload":"{{upload}}"}""");
        yield return new("POST", "/test-runs", $"test-runs?integration={set.Product}", _bodies.Rows(3), "text/csv");
        yield return new("POST", "/test-runs", "test-runs", $$"""{"integration":"{{set.Product}}","upload":"{{upload}}"}""");
        yield return new("POST", "/test-runs", "test-runs", $$"""{"integration":"{{set.Product}}","blob":"{{set.Product}}/usage.csv"}""");
        yield return new("POST", "/test-runs",
            "test-runs", $$"""{"integration":{{_bodies.Integration}},"blob":"{{set.Product}}/usage.csv"}""");
        yield return new("POST", "/test-runs", "test-runs", _bodies.Form(), "multipart/form-data; boundary=part");
        yield return new("POST", "/runs/{run}/fixes", $"runs/{set.Run}/fixes?preview=true", ApiBodies.Fix);
        yield return new("POST", "/runs/{run}/fixes", $"runs/{set.Run}/fixes", ApiBodies.Fix);
        yield return new("POST", "/runs/{run}/again", $"runs/{set.Run}/again", """{"version":1}""");
        yield return new("POST", "/runs/{run}/undo", $"runs/{set.Run}/undo?preview=true", "{}");
        yield return new("POST", "/runs/{run}/undo", $"runs/{set.Run}/undo", $$"""{"account":"{{set.Account(1)}}","date":"2099-01-01"}""");
        yield return new("DELETE", "/accounts/{account}/usage/{product}/{date}/{dimension}",
            $"accounts/{set.Account(0)}/usage/{set.Product}/2024-01-01/mau");
        yield return new("DELETE", "/accounts/{account}", $"accounts/{set.Account(3)}?erase=true");
        yield return new("DELETE", "/uploads/{upload}", $"uploads/{upload}");
        yield return new("DELETE", "/segments/{segment}", $"segments/{_bodies.Spare}");
        yield return new("DELETE", "/integrations/{integration}", $"integrations/{_bodies.Spare}");
        yield return new("DELETE", "/products/{product}/dimensions/{dimension}", $"products/{_bodies.Spare}/dimensions/mau");
        yield return new("DELETE", "/products/{product}", $"products/{_bodies.Spare}");
    }

    /// <summary>Large enough that it can be cancelled.</summary>
    public Call LongRun =>
        new("POST", "/integrations/{integration}/files", $"integrations/{set.Product}/files?name=long.csv",
            _bodies.Rows(60_000), "text/csv");

    /// <inheritdoc cref="BadCalls"/>
    public IEnumerable<Call> Bad() => new BadCalls(set, _bodies, blocks).All();

    private string Fill(string template) => template.TrimStart('/')
        .Replace("{product}", set.Product, StringComparison.Ordinal).Replace("{integration}", set.Product, StringComparison.Ordinal)
        .Replace("{account}", set.Account(0), StringComparison.Ordinal).Replace("{dimension}", "mau", StringComparison.Ordinal)
        .Replace("{segment}", _bodies.Spare, StringComparison.Ordinal).Replace("{run}", set.Run, StringComparison.Ordinal)
        .Replace("{upload}", upload, StringComparison.Ordinal)
        .Replace("{row}", "1", StringComparison.Ordinal).Replace("{code}", "unmatched", StringComparison.Ordinal);
}
