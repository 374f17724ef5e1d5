namespace Usage.Scenarios.Attacks.Requests;

/// <summary>What a role may not do, asked for straight and on byways.</summary>
internal static class FunctionAttacks
{
    private const string Key = """{"name":"K","role":"admin"}""";

    public static IEnumerable<Attack> All =>
    [
        No("reader", "PUT", "products/new", """{"name":"P"}"""),
        No("reader", "DELETE", "products/own"),
        No("reader", "PUT", "integrations/own", "{}"),
        No("reader", "DELETE", "accounts/own"),
        No("reader", "POST", "accounts/import", "account_id,name\nx,X\n"),
        No("reader", "POST", "integrations/own/files?name=x.csv", "id,mau\n"),
        No("reader", "POST", "integrations/suggest", "id,mau\n"),
        No("reader", "POST", "runs/~own-run~/cancel"),
        No("reader", "POST", "integrations/own/pull"),
        No("reader", "POST", "keys", Key),
        No("reader", "GET", "keys"),
        No("reader", "GET", "audit"),
        No("editor", "GET", "keys"),
        No("editor", "POST", "keys", Key),
        No("editor", "DELETE", "keys/~dropper-key-id~"),
        No("editor", "GET", "audit"),
        No("dropper", "PUT", "integrations/own", "{}"),
        No("dropper", "POST", "accounts/import", "account_id,name\nx,X\n"),
        No("dropper", "POST", "integrations/suggest", "id,mau\n"),
        No("dropper", "POST", "runs/~own-run~/cancel"),
        No("dropper", "POST", "keys", Key),
        No("dropper", "GET", "audit"),
        No("dropper", "DELETE", "keys/~dropper-key-id~"),
        No("reader", "GET", "KEYS") with { Name = "GET keys in capitals by reader" },
        No("reader", "GET", "keys/") with { Name = "GET keys with a slash by reader" },
        new("another method in a header", "reader", "GET", "products/own", 200)
        {
            Headers = [("X-HTTP-Method-Override", "DELETE"), ("X-Method-Override", "DELETE"), ("X-HTTP-Method", "DELETE")],
        },
        new("another method in the query", "reader", "GET", "products/own?_method=DELETE", 400, "unknown-parameter"),
        new("another address in a header", "reader", "GET", "products", 200)
        {
            Headers = [("X-Original-URL", "/api/keys"), ("X-Rewrite-URL", "/api/keys")],
            Never = "~dropper-key-id~",
        },
        new("another role in a header", "reader", "GET", "keys", 403, "forbidden")
        {
            Headers = [("X-Role", "admin"), ("X-MS-CLIENT-PRINCIPAL-ROLES", "admin")],
        },
    ];

    private static Attack No(string who, string method, string path, string? body = null) =>
        new($"{method} {path} by {who}", who, method, path, 403, "forbidden") { Body = body };
}
