using System.Text;

namespace Usage.Scenarios.Attacks.Requests;

/// <summary>Small requests that should cost much.</summary>
internal static class ResourceAttacks
{
    public static IEnumerable<Attack> All =>
    [
        Put("a body past its limit", $"{{\"name\":\"{new string('x', 300_000)}\"}}", 413, "too-large"),
        Put("deep lists", $"{{\"name\":{new string('[', 100_000)}", 400, "malformed-json"),
        Put("deep objects", string.Concat(Enumerable.Repeat("{\"a\":", 40_000)), 400, "malformed-json"),
        Put("unknown members", Many("{\"name\":\"x\",", i => $"\"a{i}\":1", "}"), 400, "unknown-member"),
        Put("rules without anything", Many("{\"name\":\"x\",\"products\":[],\"match\":[", _ => "{}", "]}"), 400, "missing-member"),
        Put("products that are numbers", Many("{\"name\":\"x\",\"match\":[],\"products\":[", i => $"{i}", "]}"), 400, "wrong-type"),
        Put("rules by no column", Many("{\"name\":\"x\",\"products\":[],\"match\":[", _ => "{\"by\":\"crmId\",\"column\":\"\"}", "]}"),
            400, "required"),
        Put("a long number", $"{{\"name\":\"x\",\"match\":[],\"products\":[],\"onError\":{{\"maxErrors\":{new string('9', 100_000)}}}}}",
            400, "invalid-value"),
        Post("keys of integrations", "keys",
            Many("{\"name\":\"K\",\"role\":\"dropper\",\"integrations\":[", i => $"\"i{i}\"", "]}"), "application/json", 400, "too-many")
            with { As = "admin" },
        Post("conditions", "segments/preview",
            Many("{\"name\":\"S\",\"all\":[", _ => "{\"product\":\"own\",\"dimension\":\"mau\",\"op\":\"exists\"}", "]}"),
            "application/json", 400, "too-many"),
        Get("a page of a million", "runs?top=1000000", "invalid-value"),
        Get("a page of less than none", "runs?top=-1", "invalid-value"),
        Get("an action that there isn't", "audit?action=nope", "invalid-value") with { As = "admin" },
        Get("a page of everything", "audit?top=99999999999999999999", "invalid-value") with { As = "admin" },
        Get("a search of everything", $"accounts?search={new string('a', 4_000)}", null),
        Get("parameters", $"products?{string.Join('&', Enumerable.Range(0, 500).Select(i => $"a{i}=1"))}", "unknown-parameter"),
        new("ranges of a file", "editor", "GET", "runs/~own-run~/rejected.csv", 200)
        {
            Headers = [("Range", $"bytes={string.Join(',', Enumerable.Repeat("0-", 1_000))}")],
        },
        Post("a file past its limit", "integrations/own/files?name=x.csv", new string('x', 300_001), "text/csv", 413, "too-large"),
        Post("a trial past its limit", "test-runs?integration=own", new string('x', 300_001), "text/csv", 413, "too-large"),
        Post("a look past its limit", "integrations/suggest", new string('x', 300_001), "text/csv", 413, "too-large"),
        Post("columns", "integrations/suggest", string.Join(',', Enumerable.Range(0, 30_000)) + "\n", "text/csv", 400,
            "too-many-columns"),
        Post("a cell", "integrations/suggest", $"a,b\n{new string('x', 200_000)},1\n", "text/csv", 200, null)
            with { Never = new string('x', 200) },
        Post("a quote without an end", "integrations/suggest", $"a,b\n\"{new string('x', 5_000)},1\n", "text/csv", 400, "unclosed-quote"),
        Post("accounts' columns", "accounts/import", $"{string.Join(',', Enumerable.Range(0, 50_000))}\n", "text/csv", 400,
            "too-many-columns"),
        Post("parts of a form", "test-runs", Parts(3_000), "multipart/form-data; boundary=p", 400, null),
    ];

    private static string Many(string start, Func<int, string> item, string end)
    {
        var body = new StringBuilder(start);
        for (var i = 0; body.Length < 200_000; i++) body.Append(i > 0 ? "," : "").Append(item(i));
        return body.Append(end).ToString();
    }

    private static string Parts(int count) => string.Concat(Enumerable.Range(0, count)
        .Select(i => $"--p\r\nContent-Disposition: form-data; name=\"a{i}\"\r\n\r\n1\r\n")) + "--p--\r\n";

    private static Attack Put(string name, string body, int status, string error) =>
        new(name, "editor", "PUT", "integrations/new", status, error) { Body = body };

    private static Attack Post(string name, string path, string body, string type, int status, string? error) =>
        new(name, "editor", "POST", path, status, error) { Body = body, Type = type };

    private static Attack Get(string name, string path, string? error) =>
        new(name, "reader", "GET", path, error is null ? 200 : 400, error);
}
