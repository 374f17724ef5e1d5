namespace Usage.Scenarios.Attacks.Requests;

/// <summary>What might have been left lying about: it isn't there, for nobody and for no admin.</summary>
internal static class InventoryAttacks
{
    private static readonly string[] Left =
    [
        "v1/products", "v2/keys", "swagger.json", "swagger/index.html", "graphql", "debug", "actuator/env", "metrics", ".env", "users",
        "admin", "config", "../.git/config", "../local.settings.json", "../host.json", "../appsettings.json", "keys.json", "products.bak",
        "integrations/own/source", "runs/~own-run~/plan", "accounts/own/keys",
    ];

    public static IEnumerable<Attack> All =>
    [
        .. Left.Select(path => new Attack(path, "admin", "GET", path, 404)),
        .. Left.Take(5).Select(path => new Attack($"{path} by nobody", "nobody", "GET", path, 404)),
        new("the list of operations tells no secrets", "nobody", "GET", "openapi.json", 200) { Never = Access.LockedApp.AdminKey },
        new("health tells no addresses", "nobody", "GET", "health", 200) { Never = "127.0.0.1" },
    ];
}
