namespace Usage.Scenarios.Attacks.Requests;

/// <summary>Texts that mean something to tables, paths, spreadsheets, headers and logs.</summary>
internal static class InjectionAttacks
{
    private const string Filter = "x' or '1' eq '1";

    public static IEnumerable<Attack> All =>
    [
        Get("a filter for an integration", $"runs?integration={Filter}", 400, "invalid-id"),
        Get("a filter for a status", "runs?status=succeeded' or 1 eq 1", 400, "invalid-value"),
        Get("a filter for a search", $"accounts?search={Filter}", 200) with { Never = "crmId" },
        Get("a filter for a product", $"products/{Filter}", 404, "not-found"),
        Get("a filter for an account", $"accounts/{Filter}", 404, "not-found"),
        Get("a filter for a run", $"runs/{Filter}", 404, "not-found"),
        Get("a filter for a date", $"products/own/snapshots?date={Filter}", 400, "invalid-value"),
        Get("a filter for a place in a list", $"unmatched?after={Encoded("x' or PartitionKey ne '\nx")}", 400, "invalid-value"),
        Get("a filter for a key in a place", $"unmatched?after={Encoded("0\nx\ncrmId\n' or PartitionKey ne '")}", 200) with
        {
            Never = "person",
        },
        Get("a place that is none", $"unmatched?after={Encoded("x")}", 400, "invalid-value"),
        Get("a place of broken text", "unmatched?after=%FF%FE", 400, "invalid-value"),
        Get("a place in runs", $"runs?after={Encoded(Filter)}", 400, "invalid-value"),
        new("a filter for an actor", "admin", "GET", $"audit?actor={Filter}", 200) { Never = "PutProduct" },
        new("a place in the audit", "admin", "GET", $"audit?after={Encoded($"~|{Filter}")}", 200) { Never = "PutProduct" },
        Get("a folder up in a key", "products/..%2Faccounts%2Fown", 404),
        Get("a question mark in a key", "products/own%3F", 404),
        Get("a backslash in a key", "products/own%5C", 404),
        Put("an account with a slash", "accounts/a%2Fb"),
        Put("an account with a backslash", "accounts/a%5Cb"),
        Put("an account with a line break", "accounts/a%0Ab"),
        Put("an account with a number sign", "accounts/a%23b"),
        Put("an account with a control character", "accounts/a%7Fb"),
        Put("an account of 200 letters", $"accounts/{new string('a', 200)}"),
        Put("an account of bytes that are no text", "accounts/%C3%28"),
        Drop("a folder up", "../x.csv"),
        Drop("a folder up, encoded", "..%2F..%2Fusage-runs%2Fx.csv"),
        Drop("a folder up with backslashes", "..%5Cx.csv"),
        Drop("the root", "/x.csv"),
        Drop("a folder that is this one", "./x.csv"),
        Drop("a header of its own", "x.csv%0D%0ASet-Cookie:%20a=b"),
        Drop("a line of its own in the log", "x.csv%0A2026-01-01%20admin%20signed%20in"),
        Drop("a NUL", "x.csv%00.txt"),
        Drop("a name of 1,000 letters", new string('x', 1_000)),
        Blob("a folder up in a blob", "../usage-runs/x.csv"),
        Blob("another container", "/usage-runs/x.csv"),
        Blob("an address for a blob", "https://evil.example/x.csv\\n"),
        Csv("a formula of full width in usage", "products/own/snapshots", ",＝cmd"),
        Csv("a formula for a name", "products/own/snapshots", ",=HYPERLINK"),
        Csv("a formula for a name in the audit", "audit?resource=accounts/own", ",=HYPERLINK") with { As = "admin" },
    ];

    private static string Encoded(string key) =>
        Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(key)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static Attack Get(string name, string path, int status, string? error = null) =>
        new(name, "editor", "GET", path, status, error);

    private static Attack Put(string name, string path) => new(name, "editor", "PUT", path, 400, "invalid-id")
    {
        Body = """{"name":"A"}""",
    };

    private static Attack Drop(string name, string file) =>
        new(name, "dropper", "POST", $"integrations/own/files?name={file}", 400, "invalid-value")
        {
            Body = "id,mau\nown,1\n",
            Type = "text/csv",
        };

    private static Attack Blob(string name, string blob) => new(name, "editor", "POST", "test-runs", 400, "invalid-value")
    {
        Body = $$"""{"integration":"own","blob":"{{blob}}"}""",
    };

    private static Attack Csv(string name, string path, string never) => new(name, "reader", "GET", path, 200)
    {
        Headers = [("Accept", "text/csv")],
        Never = never,
    };
}
