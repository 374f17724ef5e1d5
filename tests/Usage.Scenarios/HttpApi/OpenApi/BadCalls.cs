namespace Usage.Scenarios.HttpApi.OpenApi;

/// <summary>Calls that are wrong in other ways than in their shape: of what isn't there, is in use, changed or contradicts.</summary>
/// <param name="set">The product with usage.</param>
/// <param name="blocks">An upload of four bytes that waits for its blocks.</param>
internal sealed class BadCalls(UsageSet set, ApiBodies bodies, string blocks)
{
    private const string NewRun = "20260101T000000-0123456789ab";

    public IEnumerable<Call> All()
    {
        foreach (var template in new[]
        {
            "/products/{product}", "/products/{product}/snapshots", "/products/{product}/snapshot-date", "/reports/{product}/{dimension}",
            "/integrations/{integration}", "/integrations/{integration}/versions",
            "/integrations/{integration}/pull", "/accounts/{account}", "/accounts/{account}/usage",
            "/accounts/{account}/resolutions", "/segments/{segment}",
            "/segments/{segment}/accounts", "/runs/{run}", "/runs/{run}/rejected.csv", "/runs/{run}/changes", "/test-runs/{run}",
            "/runs/{run}/rows", "/runs/{run}/rows/{row}", "/runs/{run}/issues/{code}/values", "/runs/{run}/file",
            "/uploads/{upload}", "/uploads/{upload}/lines",
        })
            yield return new("GET", template, Nothing(template));
        foreach (var template in new[]
        {
            "/products/{product}", "/products/{product}/dimensions/{dimension}", "/integrations/{integration}", "/accounts/{account}",
            "/segments/{segment}", "/uploads/{upload}",
        })
            yield return new("DELETE", template, Nothing(template));
        yield return new("DELETE", "/accounts/{account}/resolutions", "accounts/nobody/resolutions?integration=nowhere&by=name&key=x");
        yield return new("DELETE", "/unmatched/resolutions", "unmatched/resolutions?integration=nowhere&by=name&key=x");
        yield return new("PATCH", "/accounts/{account}", "accounts/nobody", """{"name":"X"}""");
        yield return new("POST", "/unmatched/resolve", "unmatched/resolve",
            """{"integration":"nowhere","by":"name","key":"x","ignore":{"reason":"A test."}}""");
        yield return new("POST", "/unmatched/resolve", "unmatched/resolve",
            bodies.Resolve(""" "account":"ACCOUNT" """, set.Account(1)).Replace("crmId", "accountId", StringComparison.Ordinal));
        yield return new("DELETE", "/keys/{key}", "keys/nowhere");
        yield return new("POST", "/keys", "keys",
            """{"name":"Bound","role":"reader","integrations":["x"],"expiresAt":"2020-01-01T00:00:00Z"}""");
        yield return new("POST", "/keys", "keys", """{"name":"Unbound","role":"dropper"}""");
        yield return new("DELETE", "/products/{product}", $"products/{set.Product}");
        yield return new("DELETE", "/products/{product}/dimensions/{dimension}", $"products/{set.Product}/dimensions/mau");
        yield return new("DELETE", "/accounts/{account}", $"accounts/{set.Account(0)}");
        yield return new("PUT", "/products/{product}", $"products/{set.Product}", """{"name":"P","snapshotPeriod":"daily"}""");
        yield return new("PUT", "/products/{product}/dimensions/{dimension}", $"products/{set.Product}/dimensions/mau",
            """{"name":"MAU","dataType":"text"}""");
        yield return new("PUT", "/integrations/{integration}", $"integrations/{bodies.Spare}",
            bodies.Integration.Replace(set.Product, "nowhere", StringComparison.Ordinal));
        yield return new("PUT", "/accounts/{account}", $"accounts/{bodies.Spare}", $$"""{"name":"A","crmId":"{{set.Product}}-1"}""");
        yield return new("PUT", "/segments/{segment}", $"segments/{bodies.Spare}",
            bodies.Segment.Replace(set.Product, "nowhere", StringComparison.Ordinal));
        yield return new("POST", "/segments/preview", "segments/preview",
            bodies.Segment.Replace(set.Product, "nowhere", StringComparison.Ordinal));
        yield return new("POST", "/runs/{run}/cancel", $"runs/{set.Run}/cancel");
        yield return new("POST", "/runs/{run}/cancel", $"runs/{NewRun}/cancel");
        yield return new("POST", "/runs/{run}/undo", $"runs/{NewRun}/undo", "{}");
        yield return new("POST", "/runs/{run}/fixes", $"runs/{NewRun}/fixes", ApiBodies.Fix);
        yield return new("POST", "/runs/{run}/fixes",
            $"runs/{set.Run}/fixes", ApiBodies.Fix.Replace("mau", "nothing", StringComparison.Ordinal));
        yield return new("POST", "/runs/{run}/again", $"runs/{NewRun}/again", "{}");
        yield return new("POST", "/runs/{run}/again", $"runs/{set.Run}/again", """{"version":99}""");
        yield return new("GET", "/runs/{run}/rows/{row}", $"runs/{set.Run}/rows/99");
        yield return new("GET", "/explain", "explain?account=nowhere&product=nothing&date=2024-01-01&dimension=mau");
        yield return new("DELETE", "/accounts/{account}/usage/{product}/{date}/{dimension}", "accounts/nowhere/usage/x/2024-01-01/mau");
        yield return new("POST", "/integrations/{integration}/pull", $"integrations/{set.Product}/pull");
        yield return new("POST", "/integrations/{integration}/files", "integrations/nowhere/files?name=x.csv", "a\n", "text/csv");
        yield return new("POST", "/test-runs", "test-runs?integration=nowhere", "a\n", "text/csv");
        yield return new("POST", "/test-runs", "test-runs", """{"integration":"nowhere","blob":"x.csv"}""");
        yield return new("POST", "/uploads", "uploads?name=x.csv", "", "text/csv");
        yield return new("POST", "/uploads", "uploads", """{"blob":"nowhere/x.csv"}""");
        yield return new("POST", "/uploads", "uploads", """{"name":"x.csv","bytes":99999999999}""");
        yield return new("PUT", "/uploads/{upload}/draft", $"uploads/{NewRun}/draft", "{}");
        yield return new("PUT", "/uploads/{upload}/blocks/{block}", $"uploads/{NewRun}/blocks/1", "a", "application/octet-stream");
        yield return new("PUT", "/uploads/{upload}/blocks/{block}", $"uploads/{blocks}/blocks/2", "a", "application/octet-stream");
        yield return new("POST", "/uploads/{upload}/commit", $"uploads/{NewRun}/commit");
        yield return new("POST", "/integrations/suggest", "integrations/suggest", $$"""{"upload":"{{NewRun}}"}""");
        yield return new("POST", "/integrations/{integration}/files", $"integrations/{set.Product}/files", $$"""{"upload":"{{NewRun}}"}""");
        yield return new("POST", "/test-runs", "test-runs", $$"""{"integration":"{{set.Product}}","upload":"{{NewRun}}"}""");
        yield return new("POST", "/accounts/import", "accounts/import", "id\n1\n", "text/csv");
        yield return new("POST", "/integrations/suggest", "integrations/suggest", " ", "text/csv");
        yield return new("POST", "/integrations/suggest", "integrations/suggest", "{\"rows\": []}", "text/csv");
        yield return new("POST", "/integrations/suggest", "integrations/suggest", new string('x', 9 << 20), "text/csv");
    }

    /// <summary>The address of something that isn't there.</summary>
    private static string Nothing(string template) => template.TrimStart('/')
        .Replace("{product}", "nowhere", StringComparison.Ordinal).Replace("{integration}", "nowhere", StringComparison.Ordinal)
        .Replace("{account}", "nobody", StringComparison.Ordinal).Replace("{dimension}", "mau", StringComparison.Ordinal)
        .Replace("{segment}", "nobody", StringComparison.Ordinal).Replace("{run}", NewRun, StringComparison.Ordinal)
        .Replace("{upload}", NewRun, StringComparison.Ordinal)
        .Replace("{row}", "1", StringComparison.Ordinal).Replace("{code}", "unmatched", StringComparison.Ordinal);
}
